"""What ./lab doctor finds: one row each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    FOUND = "found"
    MISSING = "missing"  # grading cannot work without it
    NOTE = "note"  # worth knowing, no obstacle


@dataclass(frozen=True)
class Finding:
    name: str
    state: State
    detail: str = ""  # the version found, or the fact
    advice: str = ""  # what to do about it
