"""The commands for those who teach with the labs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rooflab.course.course import Course

app = typer.Typer()


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
