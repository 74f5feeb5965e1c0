"""Light classes are as Python's own, but for the time they take to be made."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from typing import Any
from typing import NamedTuple as PythonsTuple

import pytest

from cite2bib import light

MANY = 20  # calls: constructors have been compiled by then


class Point(light.NamedTuple):
    """A place."""

    x: int
    y: int = 0
    name: str = ""

    @property
    def far(self) -> bool:
        return self.x + self.y > 10

    @classmethod
    def origin(cls) -> Point:
        return cls(0)

    def __str__(self) -> str:
        return f"<{self.x}|{self.y}>"


class PythonsPoint(PythonsTuple):
    """A place."""

    x: int
    y: int = 0
    name: str = ""


@light.dataclass(frozen=True, slots=True)
class Frozen:
    """What does not change."""

    key: str
    rows: list[int] = light.field(default_factory=list, repr=False)
    size: int = 1

    @property
    def long(self) -> bool:
        return len(self.key) > 3


@dataclasses.dataclass(frozen=True, slots=True)
class PythonsFrozen:
    """What does not change."""

    key: str
    rows: list[int] = dataclasses.field(default_factory=list, repr=False)
    size: int = 1


@light.dataclass(slots=True)
class Loose:
    """What changes."""

    one: int = 1
    twice: int = 0

    def __post_init__(self) -> None:
        self.twice = self.one * 2


@light.dataclass(slots=True, eq=False, repr=False)
class Alone:
    """Equal to itself alone."""

    only: str


@light.dataclass(frozen=True, slots=True)
class Single:
    """Of one field."""

    only: str


CALLS = [
    ((1,), {}),
    ((1, 2), {}),
    ((1, 2, "a"), {}),
    ((1,), {"name": "a"}),
    ((), {"x": 1}),
    ((), {"name": "b", "x": 1, "y": 3}),
    ((), {}),
    ((1, 2, "a", 4), {}),
    ((1,), {"x": 2}),
    ((1,), {"z": 2}),
]


def _tried(make: Any, given: Any, named: Any) -> Any:
    """What a call gives, or what it says is wrong (without the names of the class and of the first argument)."""
    try:
        return tuple(make(*given, **named))
    except TypeError as error:
        return str(error).partition("(")[2]


@pytest.mark.parametrize("before", [0, MANY])
@pytest.mark.parametrize(("given", "named"), CALLS)
def test_tuples_are_made_as_pythons(before: Any, given: Any, named: Any) -> None:
    class Fresh(light.NamedTuple):
        x: int
        y: int = 0
        name: str = ""

    for _ in range(before):
        Fresh(0)
    assert _tried(Fresh, given, named) == _tried(PythonsPoint, given, named)


def test_tuples_do_what_pythons_do() -> None:
    point: Any = Point(1, name="a")
    twin: Any = PythonsPoint(1, name="a")
    assert point == twin
    assert hash(point) == hash(twin)
    assert point._replace(y=4) == twin._replace(y=4)
    assert point._asdict() == twin._asdict()
    assert tuple(Point._make([1, 2, "z"])) == (1, 2, "z")
    assert (Point._fields, Point._field_defaults) == (PythonsPoint._fields, PythonsPoint._field_defaults)
    assert repr(point) == repr(twin).removeprefix("Pythons")
    assert not hasattr(point, "__dict__")
    assert Point.__doc__ == "A place."
    with pytest.raises(AttributeError):
        point.x = 3
    with pytest.raises(ValueError, match="z"):
        point._replace(z=1)
    assert isinstance(point, tuple)


def test_tuples_keep_what_their_class_says() -> None:
    assert Point(9, 9).far
    assert str(Point.origin()) == "<0|0>"
    match Point(1, 2):
        case Point(x=1, y=second):
            assert second == 2


@pytest.mark.parametrize("calls", [1, MANY])
@pytest.mark.parametrize(
    "make", [lambda: Point(1, 2), lambda: Frozen("a", [1]), lambda: Loose(4), lambda: Single("s")]
)
def test_copies_are_equal(make: Any, calls: Any) -> None:
    for _ in range(calls):
        one = make()
        assert pickle.loads(pickle.dumps(one)) == one == copy.deepcopy(one) == copy.copy(one)


@pytest.mark.parametrize("calls", [1, MANY])
def test_data_classes_do_what_pythons_do(calls: Any) -> None:
    for _ in range(calls):
        one: Any = Frozen("abcd", size=2)
    twin = PythonsFrozen("abcd", size=2)
    assert repr(one) == repr(twin).removeprefix("Pythons")
    assert one == Frozen("abcd", [], 2) != Frozen("abcd")
    assert one.long
    assert one != twin
    assert dataclasses.asdict(one) == dataclasses.asdict(twin)
    assert [f.name for f in dataclasses.fields(one)] == [f.name for f in dataclasses.fields(twin)]
    assert dataclasses.replace(one, size=3) == light.replace(one, size=3) == Frozen("abcd", [], 3)
    assert not hasattr(one, "__dict__")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.key = "other"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.key
    with pytest.raises(TypeError, match="other"):
        light.replace(one, other=1)


def test_classes_know_their_names() -> None:
    class Outer:
        @light.dataclass(slots=True)
        class Inner:
            one: int

        class Pair(light.NamedTuple):
            one: int

    for made in (Outer.Inner, Outer.Pair):
        assert made.__qualname__.endswith(f".Outer.{made.__name__}")
        assert made.__module__ == __name__


def test_what_they_take_is_told() -> None:
    assert str(inspect.signature(Point)) == "(x: 'int', y: 'int' = 0, name: 'str' = '')"
    assert str(inspect.signature(Frozen)) == "(key: 'str', rows: 'list[int]' = Ellipsis, size: 'int' = 1)"


def test_a_default_is_made_for_each_object() -> None:
    made = [Frozen("a") for _ in range(MANY)]
    made[0].rows.append(1)
    made[-1].rows.append(2)
    assert [len(one.rows) for one in made] == [1, *[0] * (MANY - 2), 1]


@pytest.mark.parametrize("given", [(), ("a", [], 1, 2)])
def test_wrong_arguments_are_refused(given: Any) -> None:
    with pytest.raises(TypeError, match="argument"):
        Frozen(*given)


def test_what_changes_has_no_hash() -> None:
    one = Loose(3)
    one.one = 5
    assert (one.one, one.twice) == (5, 6)
    with pytest.raises(TypeError):
        hash(one)


def test_what_is_not_compared_is_itself_alone() -> None:
    assert Alone("a") != Alone("a")
    assert len({Alone("a"), Alone("a")}) == 2
    assert len({Single("a"), Single("a")}) == 1
