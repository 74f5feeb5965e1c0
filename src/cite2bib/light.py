"""`NamedTuple` and `dataclass` as Python has them, made in a tenth of the time: a short run makes a hundred such classes.

Python's own compile annotations, a constructor and comparisons when a class is made. Here annotations stay as they are,
what all classes have is shared, and a constructor is compiled when a class is used often. Type checkers see Python's own,
and `dataclasses.fields` and its like work as ever. docs/decisions/0110-a-start-that-costs-little.md has the figures.
"""

from __future__ import annotations

import collections
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

    Space = dict[str, Any]  # the names of a class, or of a function's globals

__all__ = ("NamedTuple", "dataclass", "field", "replace")

_OFTEN: Final = 16  # calls after which compiling a constructor pays
_MADE: Final = object()  # the default of a field whose value is made anew for each object


class _Field:
    """What `field` says."""

    __slots__ = ("default", "make", "shown")

    def __init__(self, default: object, make: Callable[[], Any] | None, *, shown: bool) -> None:
        self.default = default
        self.make = make
        self.shown = shown


def _field(
    *,
    default: object = _MADE,
    default_factory: Callable[[], Any] | None = None,
    repr: bool = True,  # noqa: A002
) -> _Field:
    """As `dataclasses.field`."""
    return _Field(default, default_factory, shown=repr)


class _Fields:
    """The fields of a class: what its constructor takes."""

    __slots__ = ("defaults", "hidden", "makers", "names")

    def __init__(self, space: Space) -> None:
        self.names: tuple[str, ...] = tuple(space.get("__annotations__", ()))
        self.defaults = {name: space[name] for name in self.names if name in space}
        said = {name: value for name, value in self.defaults.items() if type(value) is _Field}
        self.defaults.update((name, value.default) for name, value in said.items())
        self.makers = {name: value.make for name, value in said.items() if value.make}
        self.hidden = frozenset(name for name, value in said.items() if not value.shown)

    def values(self, given: tuple[Any, ...], named: Space) -> tuple[Any, ...] | None:
        """A value for each field; None when the arguments are wrong."""
        rest = self.names[len(given) :]
        if not rest and not named and len(given) == len(self.names):
            return given
        found = {**self.defaults, **named}
        if len(given) > len(self.names) or not named.keys() <= set(rest) <= found.keys():
            return None
        return (*given, *[self.makers[name]() if found[name] is _MADE else found[name] for name in rest])

    def function(self, name: str, body: str, space: Space) -> Callable[..., Any]:
        """A function of the fields, compiled; it also says what is wrong with its arguments."""
        short = name.rpartition(".")[2]
        taken = "".join(f", {field}" for field in self.names)
        exec(f"def {short}(_self{taken}):\n {body}", space)  # noqa: S102 - made of the names of fields alone
        made = space[short]
        made.__defaults__, made.__qualname__ = tuple(self.defaults.values()), name
        return made  # type: ignore[no-any-return]

    def constructor(
        self, first: Callable[[Any, tuple[Any, ...]], Any], compiled: Callable[[], Callable[..., Any]]
    ) -> Callable[..., Any]:
        """A constructor that does without being compiled, until it is called often or wrongly."""
        calls = 0

        def construct(self_: Any, /, *given: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            values = self.values(given, named) if calls <= _OFTEN else None
            return compiled()(self_, *given, **named) if values is None else first(self_, values)

        return construct


class _Signature:
    """What a constructor takes, for `help` and for editors: it does not tell itself before it is compiled."""

    __slots__ = ("fields",)

    def __init__(self, fields: _Fields) -> None:
        self.fields = fields

    def __get__(self, _: object, owner: type) -> Any:
        from inspect import Parameter, Signature

        defaults = self.fields.defaults
        shown = {name: ... if value is _MADE else value for name, value in defaults.items()}
        return Signature(
            [
                Parameter(
                    name,
                    Parameter.POSITIONAL_OR_KEYWORD,
                    default=shown.get(name, Parameter.empty),
                    annotation=owner.__annotations__[name],
                )
                for name in self.fields.names
            ]
        )


_getter = getattr(collections, "_tuplegetter", lambda place, doc: property(itemgetter(place), doc=doc))


class _TupleMaker(type):
    """Makes a class with annotated fields a subclass of `tuple`."""

    def __new__(cls, name: str, _: tuple[type, ...], space: Space) -> type:
        fields = _Fields(space)
        space |= {field: _getter(place, field) for place, field in enumerate(fields.names)}
        made: Any = None

        def compiled() -> Callable[..., Any]:
            row = "".join(f"{field}, " for field in fields.names)
            body = f"return _new(_self, ({row}))"
            made.__new__ = fields.function(f"{name}.__new__", body, {"_new": tuple.__new__})
            return made.__new__  # type: ignore[no-any-return]

        own = {
            "__slots__": (),
            "__match_args__": fields.names,
            "__new__": fields.constructor(tuple.__new__, compiled),
            "__signature__": _Signature(fields),
            "_fields": fields.names,
            "_field_defaults": fields.defaults,
        }
        made = type(name, (tuple,), {**_TUPLE, **space, **own})
        return made  # type: ignore[no-any-return]


def _replaced_tuple(self: Any, /, **changes: Any) -> Any:
    made = self._make(map(changes.pop, self._fields, self))
    if changes:
        raise ValueError(f"Got unexpected field names: {list(changes)}")
    return made


def _shown_tuple(self: Any) -> str:
    shown = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
    return f"{type(self).__name__}({shown})"


_TUPLE: Final[Space] = {
    "_make": classmethod(tuple.__new__),
    "_replace": _replaced_tuple,
    "__replace__": _replaced_tuple,
    "_asdict": lambda self: dict(zip(self._fields, self, strict=True)),
    "__repr__": _shown_tuple,
    "__getnewargs__": lambda self: (*self,),
}


class _TupleBase:
    """What a class names as its base to become a tuple."""

    def __mro_entries__(self, _: tuple[object, ...]) -> tuple[type]:
        return (_TEMPLATE,)


_TEMPLATE: Final = type.__new__(_TupleMaker, "NamedTuple", (), {})


def _dataclass(
    *,
    slots: bool,
    frozen: bool = False,
    eq: bool = True,
    repr: bool = True,  # noqa: A002
) -> Callable[[type], type]:
    """As `dataclasses.dataclass`, always with slots."""
    del slots
    shared = {
        **_DATA,
        **(_COMPARED if eq else {}),
        **({"__hash__": None} if eq and not frozen else {}),
        **(_FROZEN if frozen else {}),
        **({"__repr__": _shown_data} if repr else {}),
    }

    def make(cls: type) -> type:
        space = {name: value for name, value in vars(cls).items() if name not in {"__dict__", "__weakref__"}}
        fields = _Fields(space)
        kept = {name: value for name, value in space.items() if name not in fields.names}
        own = {
            "__qualname__": cls.__qualname__,
            "__slots__": fields.names,
            "__match_args__": fields.names,
            "__dataclass_fields__": _Standard(fields),
            "__signature__": _Signature(fields),
        }
        made: Any = type(
            cls.__name__, cls.__bases__, {**shared, **kept, **own, "_values": _row(fields.names)}
        )

        def compiled() -> Callable[..., Any]:
            made.__init__ = _quick_init(made, fields, frozen=frozen)
            return made.__init__  # type: ignore[no-any-return]

        made.__init__ = fields.constructor(_fill, compiled)
        return made  # type: ignore[no-any-return]

    return make


def _row(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """The values of an object."""
    if len(names) > 1:
        return attrgetter(*names)
    return staticmethod(lambda self: tuple(getattr(self, name) for name in names))


def _fill(self: Any, values: tuple[Any, ...]) -> None:
    for name, value in zip(self.__slots__, values, strict=True):
        object.__setattr__(self, name, value)
    if hasattr(self, "__post_init__"):
        self.__post_init__()


def _quick_init(made: Any, fields: _Fields, *, frozen: bool) -> Callable[..., Any]:
    """Frozen objects are filled by the setters of their slots."""
    space: Space = {"_MADE": _MADE}
    lines = []
    for name in fields.names:
        if name in fields.makers:
            space[f"_make_{name}"] = fields.makers[name]
            lines.append(f"if {name} is _MADE: {name} = _make_{name}()")
        if frozen:
            space[f"_set_{name}"] = vars(made)[name].__set__
        lines.append(f"_set_{name}(_self, {name})" if frozen else f"_self.{name} = {name}")
    if hasattr(made, "__post_init__"):
        lines.append("_self.__post_init__()")
    return fields.function(f"{made.__name__}.__init__", "\n ".join(lines) or "pass", space)


class _Standard:
    """The fields as Python's own describe them, for whoever asks."""

    def __init__(self, fields: _Fields) -> None:
        self.fields = fields

    def said(self, name: str) -> Any:
        """One field."""
        import dataclasses

        shown = name not in self.fields.hidden
        if name in self.fields.makers:
            return dataclasses.field(default_factory=self.fields.makers[name], repr=shown)
        if name in self.fields.defaults:
            return dataclasses.field(default=self.fields.defaults[name], repr=shown)
        return dataclasses.field(repr=shown)

    def __get__(self, _: object, owner: type) -> Any:
        import dataclasses

        rows = [(name, owner.__annotations__[name], self.said(name)) for name in self.fields.names]
        return dataclasses.make_dataclass(owner.__name__, rows).__dataclass_fields__  # type: ignore[attr-defined]


def _equal(self: Any, other: Any) -> Any:
    return self._values(self) == self._values(other) if type(other) is type(self) else NotImplemented


def _shown_data(self: Any) -> str:
    hidden = vars(type(self))["__dataclass_fields__"].fields.hidden
    shown = (f"{name}={getattr(self, name)!r}" for name in self.__slots__ if name not in hidden)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: Any, name: str, *_: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r} of {type(self).__name__}")


def _replace(whole: Any, /, **changes: Any) -> Any:
    """As `dataclasses.replace`."""
    return type(whole)(**{**dict(zip(whole.__slots__, whole._values(whole), strict=True)), **changes})  # noqa: SLF001


_DATA: Final[Space] = {
    "__reduce__": lambda self: (type(self), self._values(self)),
    "__replace__": _replace,
}
_COMPARED: Final[Space] = {"__eq__": _equal, "__hash__": lambda self: hash(self._values(self))}
_FROZEN: Final[Space] = {"__setattr__": _refuse, "__delattr__": _refuse}


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
    from typing import NamedTuple
else:
    NamedTuple, dataclass, field, replace = _TupleBase(), _dataclass, _field, _replace
