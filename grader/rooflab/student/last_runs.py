"""The submissions that `./lab bench` timed last, kept so that the next run can time them beside the
new one: two, the newest first, for when nothing has changed since.

Sources are kept and not workers: those would have to be built anew with the next harness.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rooflab.base.files import read_start, write_atomically
from rooflab.course.course import Course, Lab
from rooflab.course.submission import MAX_FILE_BYTES, SubmittedFiles, of_sources

KEPT = 2
BYTES_AS_TEXT = "latin-1"  # a character for each byte, whatever the student typed
LONGEST_ESCAPE = len("\\u00ff")


def file_of(course: Course, lab: Lab) -> Path:
    """Where they are kept of the course's own labs; it may not exist."""
    return course.build / "bench" / f"{lab.name}.json"


def read(file: Path, lab: Lab) -> list[SubmittedFiles]:
    """Whatever is there of them: a broken file counts as none, and so do those of other files than
    the lab has now."""
    labs = [lab, *(earlier.lab for earlier in lab.earlier)]
    files = sum(len(each.manifest.sources) for each in labs)
    limit = KEPT * files * MAX_FILE_BYTES * LONGEST_ESCAPE + 4096
    try:
        runs = [
            of_sources(lab, {name: text.encode(BYTES_AS_TEXT) for name, text in sources.items()})
            for sources in json.loads(read_start(file, limit))
        ]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return []
    return [run for run in runs[:KEPT] if run is not None]


def write(file: Path, runs: Sequence[SubmittedFiles]) -> None:
    kept = [
        {name: content.decode(BYTES_AS_TEXT) for name, content in run.sources.items()}
        for run in runs[:KEPT]
    ]
    write_atomically(file, json.dumps(kept).encode())
