"""The commands for those who write labs."""

from __future__ import annotations

from typing import Annotated

import typer

from rooflab.commands.options import LabName
from rooflab.course.course import Course

app = typer.Typer()


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
