"""What several commands take from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rooflab.course.course import Course

LabName = Annotated[
    str, typer.Argument(metavar="NN", help="The lab: 02, 2, blocking or 02_blocking.")
]


SubmissionDir = Annotated[
    Path | None,
    typer.Option(
        "--submission",
        metavar="DIR",
        help="A folder that holds labs/NN_topic/ or NN_topic/ instead of this course's labs/.",
    ),
]


def folder_of(course: Course, submission: Path | None) -> Path:
    """Where the kernels are taken from: the course's own labs/ unless a folder is named."""
    if submission is None:
        return course.root
    from rooflab.course.submission import check_is_folder

    check_is_folder(submission)
    return submission
