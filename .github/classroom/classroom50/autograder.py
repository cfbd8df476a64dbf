"""Grades a student's checkout for Classroom 50, with the course's own files.

The runner of Classroom 50 starts this with the checkout as the working directory, and reads
result.json there afterwards: exit status 0 means that it was graded, whatever the score, any other
an error of the infrastructure. Beside this file lie

    rooflab/   a released student tree, which grades; `./lab export classroom50` puts it there
    lab        optional: the number of the one lab that this assignment is about; without it, all

Bundles are public, so rooflab/ has no hidden tests and no solutions: the tier is ci, provisional.
Without rooflab/ the checkout grades itself, with whatever its student changed.

Written into the checkout: result.json, release-body.md and report.html, which the assignment's
`release_assets` can attach to the release. Nothing there is trusted: a name that is taken, by a
link for instance, is removed first. Standard library only.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FILES = ("result.json", "release-body.md", "report.html")


def main() -> int:
    here, checkout = Path(__file__).resolve().parent, Path.cwd()
    course = here / "rooflab"
    if not (course / "lab").is_file():
        print(f"autograder: there is no {course}: the checkout grades itself, changed or not")
        course = checkout
    named = here / "lab"
    lab = named.read_text(encoding="utf-8").split()[:1] if named.is_file() else ["--all"]
    for name in FILES:
        remove(checkout / name)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        # Through bash: a file that was uploaded in the browser may not be executable.
        command = ["bash", str(course / "lab"), "grade", *lab, "--tier", "ci"]
        command += ["--submission", str(checkout), "--html", str(made / "report.html")]
        command += ["--format", f"classroom50={made / 'result.json'}"]
        command += ["--format", f"markdown={made / 'release-body.md'}"]
        status = run(command)
        if status != 0:
            print(f"autograder: ./lab ended with {status}: nothing was graded", file=sys.stderr)
            return 1
        for name in FILES:
            if (made / name).is_file():
                publish(made / name, checkout / name)
    return 0 if (checkout / "result.json").is_file() else 1


def run(command: list[str]) -> int:
    """The exit status. What is printed, text of kernels too, gives the runner no commands: they
    stop until a word is printed that nobody can foresee."""
    token = secrets.token_hex(32)
    print(f"::stop-commands::{token}", flush=True)
    try:
        return subprocess.run(
            command,
            env={**os.environ, "CI": "true"},
            stdin=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    finally:
        print(f"\n::{token}::", flush=True)


def remove(path: Path) -> None:
    """Whatever has that name; no link is followed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def publish(made: Path, path: Path) -> None:
    """Copies a file to a name that nothing has."""
    with path.open("xb") as stream:
        stream.write(made.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
