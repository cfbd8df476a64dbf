"""The commands for students: tests, measurements, grades, and what helps on the way."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rooflab.base.errors import UsageError
from rooflab.base.text import sanitize
from rooflab.commands.options import LabName, SubmissionDir, folder_of
from rooflab.course.course import Course

if TYPE_CHECKING:
    from rooflab.report.model import Cause

app = typer.Typer()


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
            course, chosen, folder_of(course, submission), kernels or [], progress
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
    folder = folder_of(course, submission)
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
    folder = folder_of(course, submission)
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
    folder = folder_of(course, submission)
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
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME=FILE",
            help="Write the report for another program; may be given several times.",
        ),
    ] = None,
    tier: Annotated[str, typer.Option("--tier", metavar="local|ci|official")] = "local",
) -> None:
    """Grade a lab: tests, speed and cache misses. Exit status 0 whatever the grade."""
    from rooflab.base.progress import showing
    from rooflab.grading.grade import open_grader
    from rooflab.report.formats.shared import Place
    from rooflab.report.model import Tier
    from rooflab.student import grade

    course = Course.discover()
    if all_labs == (lab is not None):
        raise UsageError("name one lab, or say --all", "./lab grade 01")
    if tier not in list(Tier):
        raise UsageError(f'there is no tier "{tier}"', "--tier local, --tier ci or --tier official")
    outputs = [grade.output_of(text) for text in formats or ()]
    named = {"json": json, "html": html}
    files = [grade.Output(name, file) for name, file in named.items() if file is not None]
    files += [output for output in outputs if not output.comes_last]
    place = Place(collection=all_labs, environment=os.environ)
    labs = course.labs if lab is None else (course.find(lab),)
    directory = folder_of(course, submission)
    with showing() as progress:
        reports = open_grader(course, labs, Tier(tier), progress).grade(directory)
    try:
        if submission is None:
            grade.remember(course, reports)
        grade.write_files(reports, files, place)
    finally:  # a file that cannot be written must not cost the grade
        grade.show(reports, sys.stdout)
        grade.write_files(reports, (o for o in outputs if o.comes_last), place)


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


def _show_why_not(cause: Cause, usual_help: str) -> None:
    """Why nothing could be measured, and what to do."""
    typer.echo(f"{sanitize(cause.rationale)}\n\nnext: {sanitize(cause.help or usual_help)}")
