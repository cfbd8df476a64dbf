"""The commands for those who teach with the labs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rooflab.commands.options import LabName
from rooflab.course.course import Course

app = typer.Typer()


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
