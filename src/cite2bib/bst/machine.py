"""BibTeX's stack machine: pybtex's interpreter with built-in functions that do byte for byte what BibTeX's do.

pybtex keeps Unicode characters, forgives types and breaks lines in its own way; here the .bst parser, the variables
and the walk through commands are pybtex's, and everything that touches a value is ours. Nothing of pybtex is patched.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pybtex.bibtex.interpreter import (
    EntryString,
    EntryVariable,
    Function,
    Integer,
    Interpreter,
    MissingField,
    Variable,
)

from cite2bib.bst import database, names, strings
from cite2bib.diagnostics import StyleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cite2bib.bst.strings import Warn

# The limits that TeX Live sets (texmf.cnf: ent_str_size, glob_str_size) and BibTeX's own line length.
_ENTRY_MAX = 500
_GLOBAL_MAX = 200_000
_LINE = 79
_LEAST = 3
_MOST_STEPS = 2_000_000  # rounds of one while$: a style that loops for ever ends with an error


class _Nothing:
    """What an empty stack gives: of no type, so whatever takes it does nothing."""


_NOTHING = _Nothing()


class Machine(Interpreter):  # type: ignore[misc]
    """One run of a style over one database."""

    def __init__(self, bib: str, warn: Warn, tell: Warn, min_crossrefs: int = 2) -> None:
        super().__init__(bib_format=None, bib_encoding=None)
        self.bib = bib
        self.warn = warn
        self.tell = tell
        self.min_crossrefs = min_crossrefs
        self.fields: list[str] = []
        self.vars = _Names()
        self.vars.update(_BUILTINS)
        self.add_variable("global.max$", Integer(_GLOBAL_MAX))
        self.add_variable("entry.max$", Integer(_ENTRY_MAX))
        self.add_variable("sort.key$", EntryString(self, "sort.key$"))
        self.current_entry: database.Entry | None = None
        self.out = _Lines()
        self.name_parts: dict[tuple[str, int, str], str] = {}

    def run_style(self, script: Iterator[list[Any]], citations: Sequence[str]) -> str:
        """The .bbl text."""
        self.citations: list[database.Entry] = []
        self.wanted = list(citations)
        self.preamble = ""
        for name, *arguments in script:
            getattr(self, f"command_{name.lower()}")(*arguments)
        self.out.end()
        return "".join(self.out.lines)

    def pop(self) -> Any:
        """Take what is on top of the stack, of whatever type."""
        if not self.stack:
            self.complain("You can't pop an empty literal stack")
            return _NOTHING
        return self.stack.pop()

    def complain(self, message: str) -> None:
        """Warn, and tell at which entry."""
        place = f" while executing entry {self.current_entry.key}" if self.current_entry else ""
        self.warn(message + place)

    def command_entry(self, fields: list[Variable], integers: list[Variable], texts: list[Variable]) -> None:
        """ENTRY: what is kept of every entry."""
        self.add_variable("crossref", _Field(self, "crossref"))
        for name in (item.value() for item in fields):
            if name.lower() != "crossref":
                self.add_variable(name, _Field(self, name))
            self.fields.append(name)
        for name in (item.value() for item in integers):
            self.add_variable(name, _EntryInteger(self, name))
        for name in (item.value() for item in texts):
            self.add_variable(name, EntryString(self, name))

    def command_read(self) -> None:
        """READ: fill the list of entries."""
        read = database.read(
            self.bib,
            self.wanted,
            fields=self.fields,
            macros=self.macros,
            warn=self.warn,
            min_crossrefs=self.min_crossrefs,
        )
        self.citations, self.preamble = read.entries, read.preamble
        self.numbers = {entry.key: number for number, entry in enumerate(read.entries)}
        self.entry_vars: dict[str, dict[str, Any]] = defaultdict(dict)

    def command_execute(self, command_: list[Variable]) -> None:
        """EXECUTE: one function, outside entries."""
        command_[0].execute(self)
        self._check_stack()

    def command_iterate(self, function_group: list[Variable]) -> None:
        """ITERATE: one function for each entry."""
        self._walk(function_group[0].value(), self.citations)

    def command_reverse(self, function_group: list[Variable]) -> None:
        """REVERSE: the same from the last entry."""
        self._walk(function_group[0].value(), self.citations[::-1])

    def _walk(self, name: str, entries: Sequence[database.Entry]) -> None:
        function = self.vars[name]
        for entry in entries:
            self.current_entry = entry
            self.current_entry_vars = self.entry_vars[entry.key]
            function.execute(self)
            self._check_stack()
        self.current_entry = None

    def _check_stack(self) -> None:
        if self.stack:
            self.complain(f"ptr={len(self.stack)}, stack=\n" + "\n".join(map(_shown, reversed(self.stack))))
            self.stack.clear()

    def command_sort(self) -> None:
        """SORT: by `sort.key$`; what is equal goes by its number as cited, also in a second sort."""
        self.citations.sort(
            key=lambda entry: (self.entry_vars[entry.key].get("sort.key$", ""), self.numbers[entry.key])
        )


class _Names(dict[str, Any]):
    """Names of functions and variables, whatever their case."""

    def __getitem__(self, name: str) -> Any:
        found = super().get(name)
        if found is None:
            found = super().get(name.lower())
        if found is None:
            raise StyleError(f"the style uses {name!r}, which it does not define")
        return found

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name.lower(), value)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and super().__contains__(name.lower())

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)


class _Field:
    """A field of the current entry; nothing is looked up but what BibTeX inherited."""

    def __init__(self, machine: Machine, name: str) -> None:
        self.machine = machine
        self.name = name
        self.lowered = name.lower()
        self.missing = MissingField(name)

    def execute(self, machine: Machine) -> None:
        if machine.current_entry is None:
            machine.complain("You can't mess with entries here")
            return
        machine.push(machine.current_entry.fields.get(self.lowered, self.missing))


class _EntryInteger(Integer, EntryVariable):  # type: ignore[misc]
    """An integer that every entry has its own of."""


class _Lines:
    """What `write$` and `newline$` make: lines of at most 79 bytes, broken at white space, then indented."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.buffer = ""

    def write(self, text: str) -> None:
        self.buffer += text
        while len(self.buffer) > _LINE:
            at = self._break()
            if at < 0:
                return
            rest = self.buffer[at + 1 :]
            self.buffer = self.buffer[:at]
            self.newline()
            self.buffer = "  " + rest

    def _break(self) -> int:
        """The white space to break at; -1 when there is none yet."""
        for at in range(_LINE, _LEAST - 1, -1):
            if self.buffer[at] in strings.WHITE:
                return at
        end = len(self.buffer)
        at = next((i for i in range(_LINE + 1, end) if self.buffer[i] in strings.WHITE), -1)
        while 0 <= at < end - 1 and self.buffer[at + 1] in strings.WHITE:
            at += 1
        return at

    def newline(self) -> None:
        """End the line; one of white space alone is not written."""
        text = self.buffer.rstrip(" \t")
        if text or not self.buffer:
            self.lines.append(text + "\n")
        self.buffer = ""

    def end(self) -> None:
        """What was written after the last newline is written too."""
        if self.buffer:
            self.newline()


class Builtin:
    """A built-in function: the types it pops (the last first), what it does, and what it pushes when a type is wrong.

    BibTeX pops all arguments, then looks at their types; a wrong one costs the whole operation.
    """

    __slots__ = ("function", "otherwise", "takes")

    def __init__(self, takes: str, function: Callable[..., Any], otherwise: str | int | None = None) -> None:
        self.takes = takes
        self.function = function
        self.otherwise = otherwise

    def execute(self, machine: Machine) -> None:
        """Do it, as pybtex's interpreter calls it."""
        values = [machine.pop() for _ in self.takes]
        for type_, value in zip(self.takes, values, strict=True):
            if not _IS[type_](value):
                if value is not _NOTHING:
                    machine.complain(f"{_shown(value)}, not {_KINDS[type_]}")
                result = self.otherwise
                break
        else:
            result = self.function(machine, *values)
        if result is not None:
            machine.push(result)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, MissingField)


def _is_function(value: object) -> bool:
    return isinstance(value, Function | Builtin | Variable | _Field)


_IS: dict[str, Callable[[object], bool]] = {
    "t": _is_text,
    "i": lambda value: isinstance(value, int),
    "m": lambda value: isinstance(value, str),
    "f": _is_function,
    "x": lambda _: True,
}
_KINDS = {"t": "a string", "i": "an integer", "m": "a string or missing field", "f": "a function"}


def _shown(value: object) -> str:
    if isinstance(value, MissingField):
        return f"{value.name} is a missing field"
    if isinstance(value, str):
        return f'"{value}" is a string literal'
    if isinstance(value, int):
        return f"{value} is an integer literal"
    return "a function literal"


def _equals(machine: Machine, right: Any, left: Any) -> int:
    if _is_text(left) and _is_text(right):
        return int(left == right)
    if isinstance(left, int) and isinstance(right, int):
        return int(left == right)
    if left is not _NOTHING and right is not _NOTHING:
        machine.complain(f"{_shown(right)} and {_shown(left)} aren't both strings or both integers")
    return 0


def _assign(machine: Machine, variable: Any, value: Any) -> None:
    if not isinstance(variable, Variable):
        machine.complain(f"{_shown(variable)}, which is no variable to assign to")
    elif not isinstance(value, variable.value_type) or isinstance(value, MissingField):
        kind = "i" if variable.value_type is int else "t"
        machine.complain(f"{_shown(value)}, not {_KINDS[kind]}")
    elif isinstance(value, str):
        variable.set(value[: _ENTRY_MAX if isinstance(variable, EntryVariable) else _GLOBAL_MAX])
    else:
        variable.set(value)


def _call_type(machine: Machine) -> None:
    entry = _entry(machine)
    if not entry:
        return
    function = machine.vars.get(entry.type)
    if not isinstance(function, Function):
        machine.warn(f'entry type for "{entry.key}" isn\'t style-file defined')
        function = machine.vars.get("default.type")
    if function:
        function.execute(machine)


def _entry(machine: Machine) -> database.Entry | None:
    if machine.current_entry is None:
        machine.complain("You can't mess with entries here")
    return machine.current_entry


def _change_case(machine: Machine, mode: str, text: str) -> str:
    if strings.lower(mode) not in {"t", "l", "u"}:
        machine.complain(f'"{mode}" is an illegal case-conversion string')
        return text
    return strings.change_case(text, strings.lower(mode), machine.complain)


def _chr_to_int(machine: Machine, text: str) -> int:
    if len(text) != 1:
        machine.complain(f'"{text}" isn\'t a single character')
        return 0
    return ord(text)


def _cite(machine: Machine) -> str | None:
    entry = _entry(machine)
    return entry.key if entry else None


def _duplicate(machine: Machine, value: Any) -> Any:
    machine.push(value)
    return value


def _format_name(machine: Machine, pattern: str, number: int, listed: str) -> str:
    call = (listed, number, pattern)
    known = machine.name_parts.get(call)
    if known is not None:
        return known
    complaints: list[str] = []
    known = names.format_name(listed, number, pattern, complaints.append)
    for complaint in complaints:
        machine.complain(complaint)
    if not complaints:
        machine.name_parts[call] = known
    return known


def _if(machine: Machine, otherwise: Any, then: Any, condition: int) -> None:
    (then if condition > 0 else otherwise).execute(machine)


def _int_to_chr(machine: Machine, number: int) -> str:
    if not 0 <= number <= 127:
        machine.complain(f"{number} isn't valid ASCII")
        return ""
    return chr(number)


def _missing(machine: Machine) -> int | None:
    if not _entry(machine):
        return None
    value = machine.pop()
    if isinstance(value, str):
        return int(isinstance(value, MissingField))
    if value is not _NOTHING:
        machine.complain(f"{_shown(value)}, not {_KINDS['m']}")
    return 0


def _stack(machine: Machine) -> None:
    while machine.stack:
        _top(machine, machine.pop())


def _swap(machine: Machine, upper: Any, lower: Any) -> Any:
    machine.push(upper)
    return lower


def _top(machine: Machine, value: Any) -> None:
    """BibTeX prints this on the terminal; here it is a note beside the warnings."""
    machine.tell(value if isinstance(value, str) else str(value))


def _type(machine: Machine) -> str | None:
    entry = _entry(machine)
    if not entry:
        return None
    return entry.type if entry.type in machine.vars else ""


def _while(machine: Machine, body: Any, condition: Any) -> None:
    for _ in range(_MOST_STEPS):
        condition.execute(machine)
        value = machine.pop()
        if not isinstance(value, int):
            machine.complain(f"{_shown(value)}, not {_KINDS['i']}")
            return
        if value <= 0:
            return
        body.execute(machine)
    raise StyleError(f"the style repeats a while$ more than {_MOST_STEPS:,} times")


_BUILTINS = {
    ">": Builtin("ii", lambda _, right, left: int(left > right), 0),
    "<": Builtin("ii", lambda _, right, left: int(left < right), 0),
    "=": Builtin("xx", _equals),
    "+": Builtin("ii", lambda _, right, left: left + right, 0),
    "-": Builtin("ii", lambda _, right, left: left - right, 0),
    "*": Builtin("tt", lambda _, right, left: left + right, ""),
    ":=": Builtin("xx", _assign),
    "add.period$": Builtin("t", lambda _, text: strings.add_period(text), ""),
    "call.type$": Builtin("", _call_type),
    "change.case$": Builtin("tt", _change_case, ""),
    "chr.to.int$": Builtin("t", _chr_to_int, 0),
    "cite$": Builtin("", _cite),
    "duplicate$": Builtin("x", _duplicate),
    "empty$": Builtin("m", lambda _, text: int(not text.strip(" \t")), 0),
    "format.name$": Builtin("tit", _format_name, ""),
    "if$": Builtin("ffi", _if),
    "int.to.chr$": Builtin("i", _int_to_chr, ""),
    "int.to.str$": Builtin("i", lambda _, number: str(number), ""),
    "missing$": Builtin("", _missing),
    "newline$": Builtin("", lambda machine: machine.out.newline()),
    "num.names$": Builtin("t", lambda _, listed: len(names.split(listed)), 0),
    "pop$": Builtin("x", lambda _, __: None),
    "preamble$": Builtin("", lambda machine: machine.preamble),
    "purify$": Builtin("t", lambda _, text: strings.purify(text), ""),
    "quote$": Builtin("", lambda _: '"'),
    "skip$": Builtin("", lambda _: None),
    "stack$": Builtin("", _stack),
    "substring$": Builtin("iit", lambda _, length, start, text: strings.substring(text, start, length), ""),
    "swap$": Builtin("xx", _swap),
    "text.length$": Builtin("t", lambda _, text: strings.text_length(text), 0),
    "text.prefix$": Builtin("it", lambda _, length, text: strings.text_prefix(text, length), ""),
    "top$": Builtin("x", _top),
    "type$": Builtin("", _type),
    "warning$": Builtin("t", lambda machine, text: machine.warn(text)),
    "while$": Builtin("ff", _while),
    "width$": Builtin("t", lambda machine, text: strings.width(text, machine.complain), 0),
    "write$": Builtin("t", lambda machine, text: machine.out.write(text)),
}
