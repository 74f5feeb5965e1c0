"""`cite2bib` itself: `cite2bib FILE...` makes a bibliography, `cite2bib WORD ...` runs the command of that name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from cite2bib import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# name: module below cite2bib.cli, and its one line of help (so that listing them loads none).
COMMANDS: Final = {
    "check": ("check", "Does every reference exist, and is it what it says?"),
    "explain": ("explain", "Why a record was taken for a work, or why none was."),
    "fix": ("fix", "A .bib mended by rules, every other byte left alone."),
    "upgrade": ("upgrade", "Preprints in a .bib that were published since, as their publications."),
    "render": ("render", "Works as they stand, in a citation style; nothing is looked up."),
    "sync": ("sync", "Manuscripts and their .bib: every key and identifier that is cited gets an entry."),
    "styles": ("styles", "Citation styles: list, search, show, preview."),
    "index": ("index", "Works of whole catalogues on this disk: build, update, search, export."),
    "cache": ("cache", "Answers of catalogues kept on this machine: info, clear, path."),
}
DEFAULT: Final = "make"

EXAMPLES: Final = """\
  cite2bib seeds/ -o refs.bib              the works that saved pages mention, as BibTeX
  cite2bib list.txt -t zotero -o refs.json the same for Zotero
  cite2bib refs.bib --style apa -t html    a rendered bibliography
"""


class Root(click.Group):
    """A group whose commands are loaded when called, and which makes a bibliography when none is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands by name."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command."""
        if cmd_name == DEFAULT:
            return default_command()
        if cmd_name not in COMMANDS:
            return None
        return import_module(f"cite2bib.cli.{COMMANDS[cmd_name][0]}").command  # type: ignore[no-any-return]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front, unless a command or one of our own options is."""
        own = {"--help", "-h", "--version"}
        if args and args[0] not in COMMANDS and not own.intersection(args[:1]):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Commands, and what the default command takes."""
        default = default_command()
        with default.make_context(DEFAULT, [], parent=ctx, resilient_parsing=True) as context:
            return [*super().shell_complete(ctx, incomplete), *default.shell_complete(context, incomplete)]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it is for, three examples, the default command's options in groups, the other commands."""
        default = default_command()
        formatter.write_usage("cite2bib", "[OPTIONS] FILE|FOLDER|- ...\n       cite2bib COMMAND [ARGS]...")
        formatter.write_paragraph()
        formatter.write_text(str(default.help))
        with formatter.section("Examples"):
            formatter.write(EXAMPLES)
        default.format_options(ctx, formatter)
        with formatter.section("Commands (cite2bib COMMAND --help tells more)"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])
        formatter.write_paragraph()
        formatter.write_text(
            "Exit codes: 0 done, 1 findings (check, --strict), 2 usage or unreadable input, "
            "3 a source could not be asked (--strict)."
        )


def default_command() -> click.Command:
    """The command that makes a bibliography."""
    from cite2bib.cli.make import command

    return command


@click.group(cls=Root, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="cite2bib", message="cite2bib %(version)s")
def root() -> None:
    """Turn any pile of documents into a bibliography that can be trusted."""


class GroupedCommand(click.Command):
    """A command whose help puts its options under headings."""

    def __init__(self, name: str, headings: Mapping[str, Sequence[click.Option]], **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.headings = headings

    def make_context(self, info_name: str | None, *args: Any, **kwargs: Any) -> click.Context:
        """A context without a name of its own: users type `cite2bib`, not `cite2bib make`."""
        del info_name
        return super().make_context(None, *args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options by heading."""
        for heading, options in self.headings.items():
            with formatter.section(heading):
                formatter.write_dl([row for option in options if (row := option.get_help_record(ctx))])
