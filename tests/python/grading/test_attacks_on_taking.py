"""Attacks that strike before anything is built: folders that are not what they seem.
Each is refused for its reason, and gets what it wants from a reader that just opens the path.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rooflab.course.course import Course
from rooflab.course.submission import MAX_FILE_BYTES, collect
from rooflab.report.model import Cause, Reason

SECRET = b"// a secret of the grader\n"


def links_to_a_file(folder: Path, secret: Path) -> None:
    (folder / "labs/02_blocking/kernels.cpp").symlink_to(secret / "kernels.cpp")


def links_by_a_chain(folder: Path, secret: Path) -> None:
    (folder / "labs/02_blocking/kernels.cpp").symlink_to("first.cpp")
    (folder / "labs/02_blocking/first.cpp").symlink_to("second.cpp")
    (folder / "labs/02_blocking/second.cpp").symlink_to(secret / "kernels.cpp")


def links_upwards(folder: Path, secret: Path) -> None:
    up = os.path.relpath(secret / "kernels.cpp", folder / "labs/02_blocking")
    (folder / "labs/02_blocking/kernels.cpp").symlink_to(up)


def links_its_lab(folder: Path, secret: Path) -> None:
    (folder / "labs/02_blocking").rmdir()
    (folder / "labs/02_blocking").symlink_to(secret)


def links_its_labs(folder: Path, secret: Path) -> None:
    (folder / "labs/02_blocking").rmdir()
    (folder / "labs").rmdir()
    (secret / "02_blocking").symlink_to(".")
    (folder / "labs").symlink_to(secret)


def is_too_large(folder: Path, _: Path) -> None:
    (folder / "labs/02_blocking/kernels.cpp").write_bytes(SECRET + b" " * MAX_FILE_BYTES)


@pytest.mark.parametrize(
    "attack",
    [
        links_to_a_file,
        links_by_a_chain,
        links_upwards,
        links_its_lab,
        links_its_labs,
        is_too_large,
    ],
)
def test_a_submission_that_is_not_what_it_seems_is_refused(
    attack: Callable[[Path, Path], None], course: Course, tmp_path: Path
) -> None:
    folder, secret = tmp_path / "handed in", tmp_path / "secret"
    (folder / "labs/02_blocking").mkdir(parents=True)
    secret.mkdir()
    (secret / "kernels.cpp").write_bytes(SECRET)
    attack(folder, secret)

    taken = collect(folder, course.find("02"))

    assert isinstance(taken, Cause)
    assert taken.reason is Reason.REJECTED_FILE
    # The witness: whoever opens the path gets it.
    assert (folder / "labs/02_blocking/kernels.cpp").read_bytes().startswith(SECRET)
