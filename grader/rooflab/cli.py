"""The command line: each command calls into its module and prints what comes back.

Modules are imported in the commands, so that `./lab` alone answers at once. A failure that a user
can fix is a RooflabError; any other is a defect, and its traceback goes to build/last-error.txt.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rooflab import __version__
from rooflab.base.errors import RooflabError, UsageError
from rooflab.base.text import sanitize, sanitize_line
from rooflab.course.course import Course

if TYPE_CHECKING:
    from rooflab.report.model import Cause

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

LabName = Annotated[
    str, typer.Argument(metavar="NN", help="The lab: 02, 2, blocking or 02_blocking.")
]


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


@app.command()
def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check that this machine has what the labs need."""
    from rooflab.student import doctor

    course = Course.discover()
    findings = doctor.examine(course)
    typer.echo(doctor.as_json(findings) if json else doctor.as_text(findings), nl=False)
    raise typer.Exit(doctor.exit_status(findings))


@app.command()
def hint(
    lab: LabName,
    kernel: Annotated[
        str | None, typer.Argument(metavar="KERNEL", help="Left out: lists the kernels.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Show the hints seen so far, and no new one.")
    ] = False,
) -> None:
    """Show the next hint for a kernel: from a nudge to nearly the answer."""
    from rooflab.student import hint

    course = Course.discover()
    typer.echo(hint.hint(course, course.find(lab), kernel, again), nl=False)


@app.command()
def reset(
    lab: LabName,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a lab's stubs back. Your files are kept in build/backup."""
    from datetime import datetime

    from rooflab.course.stubs import changed_files
    from rooflab.student import reset

    course = Course.discover()
    chosen = course.find(lab)
    changed = [str(file.relative_to(course.root)) for file in changed_files(chosen)]
    if changed and not yes:
        if not sys.stdin.isatty():
            raise UsageError(
                f"reset replaces {', '.join(changed)}, and there is no terminal to ask on",
                f"./lab reset {chosen.id} --yes",
            )
        typer.confirm(f"Replace {', '.join(changed)} by the stub?", abort=True)
    restored = reset.reset(course, chosen, datetime.now())
    typer.echo(reset.summary(course, chosen, restored), nl=False)


SubmissionDir = Annotated[
    Path | None,
    typer.Option(
        "--submission",
        metavar="DIR",
        help="A folder that holds labs/NN_topic/ or NN_topic/ instead of this course's labs/.",
    ),
]


@app.command("test")
def run_tests(
    lab: LabName,
    kernels: Annotated[
        list[str] | None, typer.Argument(metavar="KERNEL…", help="Left out: all kernels.")
    ] = None,
    submission: SubmissionDir = None,
    warnings: Annotated[
        bool, typer.Option("--warnings", help="Show the compiler's warnings, not only their count.")
    ] = False,
) -> None:
    """Compile your kernels and run the public tests. Exit status 1 when one fails."""
    from rooflab.base.progress import showing
    from rooflab.student import test

    course = Course.discover()
    chosen = course.find(lab)
    with showing() as progress:
        tested = test.run_tests(
            course, chosen, _folder(course, submission), kernels or [], progress
        )
    typer.echo(test.as_text(chosen, tested, warnings), nl=False)
    raise typer.Exit(0 if tested.passed else 1)


@app.command()
def bench(
    lab: LabName,
    case: Annotated[
        str, typer.Argument(metavar="CASE", help="Only cases whose name contains this.")
    ] = "",
    submission: SubmissionDir = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Time your kernels beside the baseline and your last run. Nothing is graded."""
    from rooflab.base.progress import showing
    from rooflab.report import terminal, wording
    from rooflab.report.model import Cause
    from rooflab.student import bench, bench_text, last_runs

    course = Course.discover()
    chosen = course.find(lab)
    kept = last_runs.file_of(course, chosen) if submission is None else None
    folder = _folder(course, submission)
    width = terminal.width_of(sys.stdout)
    with (
        showing() as progress,
        bench.prepared(course, chosen, folder, case, progress, kept) as prepared,
    ):
        if isinstance(prepared, Cause):
            rows: list[bench.Row] | Cause = prepared
        elif json:
            rows = list(prepared.rows())
        else:
            rows = []
            table = bench_text.Table(chosen, prepared.cases, prepared.compared, width)
            for cause in prepared.replaced:
                terminal.show(f"{wording.note(cause)}\n\n", sys.stdout)
            terminal.show(table.head(), sys.stdout)
            for row in prepared.rows():
                terminal.show(table.row(row), sys.stdout)
                rows.append(row)
            terminal.show(table.end(rows), sys.stdout)
    if json:
        typer.echo(bench_text.as_json(rows), nl=False)
    elif isinstance(rows, Cause):
        typer.echo(f"{sanitize(rows.rationale)}\n\nnext: {rows.help}")


@app.command()
def misses(
    lab: LabName,
    kernel: Annotated[str, typer.Argument(metavar="KERNEL", help="One of the lab's kernels.")],
    size: Annotated[
        str | None, typer.Argument(metavar="SIZE", help="Left out: one that is graded.")
    ] = None,
    submission: SubmissionDir = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Show the baseline's source instead of yours.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show where in your source the cache is missed, beside the baseline. Nothing is graded."""
    from rooflab.base.progress import showing
    from rooflab.report import terminal
    from rooflab.report.model import Cause
    from rooflab.student import misses, misses_text

    course = Course.discover()
    chosen = course.find(lab)
    folder = _folder(course, submission)
    with showing() as progress:
        found = misses.misses_of(course, chosen, folder, kernel, progress, baseline, size)
    if json:
        typer.echo(misses.as_json(found), nl=False)
    elif isinstance(found, Cause):
        _show_why_not(found, f"./lab test {chosen.id} {kernel}")
    else:
        width, color = terminal.width_of(sys.stdout), terminal.color_on(sys.stdout)
        text = misses_text.as_text(chosen, kernel, found, baseline, width, color)
        terminal.show(text, sys.stdout)


@app.command()
def hot(
    lab: LabName,
    kernel: Annotated[str, typer.Argument(metavar="KERNEL", help="One of the lab's kernels.")],
    size: Annotated[
        str | None, typer.Argument(metavar="SIZE", help="Left out: one that is graded.")
    ] = None,
    submission: SubmissionDir = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the instructions in which a kernel spends its time, and their source lines."""
    from rooflab.base.progress import showing
    from rooflab.report import terminal
    from rooflab.report.model import Cause
    from rooflab.student import hot, hot_text

    course = Course.discover()
    chosen = course.find(lab)
    folder = _folder(course, submission)
    with showing() as progress:
        found = hot.hot_of(course, chosen, folder, kernel, progress, size)
    if json:
        typer.echo(hot.as_json(found), nl=False)
    elif isinstance(found, Cause):
        _show_why_not(found, f"./lab test {chosen.id} {kernel}")
    else:
        width, color = terminal.width_of(sys.stdout), terminal.color_on(sys.stdout)
        terminal.show(hot_text.as_text(chosen, kernel, found, width, color), sys.stdout)


@app.command()
def grade(
    lab: Annotated[str | None, typer.Argument(metavar="NN", help="The lab; or --all.")] = None,
    all_labs: Annotated[bool, typer.Option("--all", help="Grade every lab.")] = False,
    submission: SubmissionDir = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the report as JSON.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the report as a web page.")
    ] = None,
    tier: Annotated[str, typer.Option("--tier", metavar="local|ci|official")] = "local",
) -> None:
    """Grade a lab: tests, speed and cache misses. Exit status 0 whatever the grade."""
    from rooflab.base.progress import showing
    from rooflab.grading.grade import open_grader
    from rooflab.report.model import Tier
    from rooflab.student import grade

    course = Course.discover()
    if all_labs == (lab is not None):
        raise UsageError("name one lab, or say --all", "./lab grade 01")
    if tier not in list(Tier):
        raise UsageError(f'there is no tier "{tier}"', "--tier local, --tier ci or --tier official")
    labs = course.labs if lab is None else (course.find(lab),)
    directory = _folder(course, submission)
    with showing() as progress:
        reports = open_grader(course, labs, Tier(tier), progress).grade(directory)
    try:
        grade.write_files(reports, collection=all_labs, json=json, html=html)
        if submission is None:
            grade.remember(course, reports)
    finally:  # a file that cannot be written must not cost the grade
        grade.show(reports, sys.stdout)


@app.command()
def report(
    lab: LabName,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Where to write it.")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> None:
    """Your last grade as a web page, with your kernels under the roofline."""
    from rooflab.student import page

    chosen = Course.discover().find(lab)
    last = page.write(chosen, html)
    file = html or page.file_of(chosen)
    typer.echo(file)
    if last.changed:
        typer.echo(f"You have changed it since that grade: ./lab grade {chosen.id}", err=True)
    if open_it:
        import webbrowser

        if not webbrowser.open(file.resolve().as_uri()):
            raise UsageError("there is no browser here", f"open {file} elsewhere")


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NN_topic", help="Such as 07_sparse.")],
) -> None:
    """Write all files of a new lab, ready to fill in."""
    from rooflab.authoring import new

    course = Course.discover()
    typer.echo(new.summary(course, name, new.new(course, name)), nl=False)


@app.command()
def verify(
    lab: Annotated[str | None, typer.Argument(metavar="NN", help="Left out: all labs.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what takes timing.")] = False,
) -> None:
    """Prove the course: stubs score 0, solutions 100, mutants and stages get what they should."""
    from rooflab.authoring import verify
    from rooflab.base.progress import showing

    course = Course.discover()
    labs = course.labs if lab is None else (course.find(lab),)
    with showing() as progress:
        findings = verify.verify(course, labs, progress, timed=not quick)
    typer.echo(verify.as_text(findings), nl=False)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def calibrate(
    lab: LabName,
    write: Annotated[
        bool, typer.Option("--write", help="Put what is proposed into lab.toml.")
    ] = False,
) -> None:
    """Measure reference, baseline and stages, and propose a lab's thresholds."""
    from rooflab.authoring import calibrate
    from rooflab.base.progress import showing

    course = Course.discover()
    chosen = course.find(lab)
    with showing() as progress:
        found = calibrate.calibrate(course, chosen, progress)
    typer.echo(calibrate.as_text(chosen, found), nl=False)
    if write:
        calibrate.write(chosen, found)
        typer.echo(f"written to labs/{chosen.name}/lab.toml")


@app.command()
def selftest(
    attacks: Annotated[
        bool, typer.Option("--attacks", help="Run every attack, not only a few of each class.")
    ] = False,
) -> None:
    """Test Rooflab itself: format, types, C++ and Python tests, and the course."""
    from rooflab.authoring import selftest

    raise typer.Exit(selftest.run(Course.discover(), attacks))


def _show_why_not(cause: Cause, usual_help: str) -> None:
    """Why nothing could be measured, and what to do."""
    typer.echo(f"{sanitize(cause.rationale)}\n\nnext: {sanitize(cause.help or usual_help)}")


def _folder(course: Course, submission: Path | None) -> Path:
    """Where the kernels are taken from: the course's own labs/ unless a folder is named."""
    if submission is None:
        return course.root
    from rooflab.course.submission import check_is_folder

    check_is_folder(submission)
    return submission


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
