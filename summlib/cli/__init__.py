"""The command line: ``summlib COMMAND``, one module per command.

A command's module is imported when the command is run or its help is shown,
and imports models and checks only when it works, so that ``--help`` is quick.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from summlib.cli.failures import reported

MODULES = ("summarize", "translate", "digest", "check", "score", "models")
ALIASES = {"summarise": "summarize"}

EXAMPLES = """\b
Examples:
  summlib summarize artikel.txt
  summlib translate artikel.txt -o article.en.txt
  summlib check artikel.txt article.txt"""


class Commands(click.Group):
    """Commands found by name, with every failure turned into a message and a code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in MODULES:
            return None
        command: click.Command = import_module(f"summlib.cli.{name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with reported(ctx):
            return super().invoke(ctx)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from summlib import __version__

        click.echo(f"summlib {__version__}")
        ctx.exit()


@click.command(
    cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def commands(ctx: click.Context) -> None:
    """Read German articles in English: short, checked, offline.

    The result goes to standard output, notes and errors to standard error.

    \b
    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 model missing or damaged,
    4 some inputs failed, 5 a check did not hold (--strict), 130 interrupted,
    143 terminated.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> None:
    """Run the command that the process was started with."""
    # Modules and tables are many objects and no garbage: collecting at every 700 costs a
    # tenth of the time until the first output.
    gc.set_threshold(50_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character shows a question mark; files are written exactly.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    commands(prog_name="summlib")
