"""The command line: one program of the commands in rooflab.commands, and how it ends.

Modules are imported in the commands, so that `./lab` alone answers at once. A failure that a user
can fix is a RooflabError; any other is a defect, and its traceback goes to build/last-error.txt.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from rooflab import __version__
from rooflab.base.errors import RooflabError
from rooflab.base.text import sanitize, sanitize_line
from rooflab.course.course import Course

USAGE = 2
INTERRUPTED = 130
BROKEN_PIPE = 141
DEFECT = 3
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# In the order of `./lab --help`. A student's copy has the first only.
for name in ("student", "classroom", "authoring"):
    if find_spec(f"rooflab.commands.{name}"):
        app.add_typer(import_module(f"rooflab.commands.{name}").app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rooflab {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def lab(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Rooflab: make machine-learning kernels fast. Alone, shows where you stand."""
    if context.invoked_subcommand is None:
        from rooflab.student import status

        typer.echo(status.overview(Course.discover()), nl=False)


def main(arguments: list[str] | None = None) -> int:
    """Runs a command line; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    # A closed terminal or a cancelled job ends a command as Ctrl-C does: nothing is left running.
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    try:
        status = app(args=arguments, prog_name="./lab", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except RooflabError as error:
        return _fail(error.message, error.help, error.exit_status)
    except typer.TyperException as error:  # wrong usage
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "./lab"
        return _fail(error.format_message(), f"{command} --help", USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:  # `./lab | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:
        if isinstance(error, OSError) and error.errno in DISK:
            where = f"{error.filename}: " if error.filename else ""
            return _fail(f"{where}{error.strerror}", "make room, or make the folder yours", DEFECT)
        kept = _keep(traceback.format_exc())
        return _fail(
            f"this is a defect of the grader: {type(error).__name__}: {sanitize_line(str(error))}",
            f"report it to your instructor, with {kept}" if kept else "report it",
            DEFECT,
        )


def _fail(message: str, help: str, status: int) -> int:
    print(f"error: {sanitize(message)}", file=sys.stderr)
    if help:
        print(f"next: {sanitize(help)}", file=sys.stderr)
    return status


def _keep(trace: str) -> Path | None:
    """Writes the traceback where the message says; without a place to write, to the terminal."""
    try:
        path = Course.discover().build / "last-error.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sanitize(trace, limit=200_000), encoding="utf-8")
    except (RooflabError, OSError):
        print(sanitize(trace), file=sys.stderr)
        return None
    return path
