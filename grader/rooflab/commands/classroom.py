"""The commands for those who teach with the labs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rooflab.commands.options import LabName
from rooflab.course.course import Course

app = typer.Typer()
export_app = typer.Typer(help="Write what a grading service is given: gradescope, classroom50.")
app.add_typer(export_app, name="export")


@app.command()
def release(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="An empty folder, or a tree released before.")
    ],
    labs: Annotated[
        str | None,
        typer.Option("--labs", metavar="01-03", help="Those labs, and the ones in DIR already."),
    ] = None,
) -> None:
    """Write what students receive, and prove first that it leaks nothing and works."""
    from rooflab.base.progress import showing
    from rooflab.classroom import release

    course = Course.discover()
    with showing() as progress:
        done = release.release(course, directory, labs, progress)
    typer.echo(release.summary(directory, done), nl=False)


@export_app.command()
def gradescope(
    lab: LabName,
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="Where to write it.")],
) -> None:
    """A lab's autograder as a zip file, hidden tests and solutions inside: not for students."""
    from rooflab.classroom import export

    course = Course.discover()
    count = export.gradescope(course, course.find(lab), file)
    typer.echo(f"written to: {file}, {count} files, with hidden tests and solutions")


@export_app.command()
def classroom50(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="An empty folder.")],
    lab: Annotated[
        str | None, typer.Option("--lab", metavar="NN", help="Left out: all labs.")
    ] = None,
) -> None:
    """An assignment's autograder bundle. It is public, so it is looked through for leaks."""
    from rooflab.classroom import export

    course = Course.discover()
    count = export.classroom50(course, None if lab is None else course.find(lab), directory)
    typer.echo(f"written to: {directory}, {count} files, without hidden tests and solutions")


@app.command()
def publish(
    lab: LabName,
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="The template that students get.")
    ],
    class_file: Annotated[
        Path | None,
        typer.Option("--class", metavar="FILE", help="Deadlines. Left out: class.toml here."),
    ] = None,
    branch: Annotated[
        bool,
        typer.Option("--branch", help="Commit to a branch solution-NN; touch no file of DIR."),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Although it is early; says what that overrides.")
    ] = False,
) -> None:
    """Give students a lab's solution and a measured walkthrough, once nobody may hand in."""
    from datetime import UTC, datetime

    from rooflab.base.progress import showing
    from rooflab.classroom import publish

    course = Course.discover()
    with showing() as progress:
        published = publish.publish(
            course,
            course.find(lab),
            directory,
            progress,
            datetime.now(UTC),
            class_file=class_file,
            branch=branch,
            force=force,
        )
    typer.echo(publish.as_text(published), nl=False)
