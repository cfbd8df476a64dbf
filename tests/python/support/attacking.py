"""The cases of tests/attacks, as their headers tell them: see the README there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause

ROOT = Path(__file__).resolve().parents[3]
CASES = ROOT / "tests" / "attacks"
# What attacks may include, besides what any submission may.
INCLUDES = (CASES, ROOT / "solutions", ROOT / "grader" / "harness")
FACT = re.compile(r"// (\w+): (.+)")
# The header of a lab, which brings its solution along, names the lab, too.
INCLUDED_LAB = re.compile(r'^#include "(\d\d_\w+)\.h"$', re.MULTILINE)
LISTS = ("defence", "elsewhere")


@dataclass(frozen=True)
class Attack:
    """A case: a whole kernels.cpp, and what must come of it."""

    source: Path
    attack: str
    lab: str
    case: str  # which measured case strikes; the tests that strike are those of its kernel
    stage: str
    verdict: str
    defence: tuple[str, ...] = ()
    witness: str = ""
    threads: int = 1  # as many as the lab's kernels may have
    subset: str = ""  # "fast": also runs without ROOFLAB_ATTACKS=all
    elsewhere: tuple[str, ...] = ()  # other places to run: "ordinary user", "without landlock"

    @property
    def name(self) -> str:
        return self.source.stem

    @property
    def kernel(self) -> str:
        return self.case.partition("/")[0]

    @property
    def submission(self) -> SubmittedFiles:
        return SubmittedFiles({"kernels.cpp": self.source.read_bytes()})

    @property
    def has_worker(self) -> bool:
        """Whether it strikes once it is built."""
        return self.stage in ("tests", "timing", "misses", "memory", "vector", "efficiency")

    @property
    def is_control(self) -> bool:
        return self.source.parent.name == "controls"


def attacks() -> list[Attack]:
    sources = [path for path in sorted(CASES.glob("*/*.cpp")) if path.parent.name != "foreseeable"]
    found = {source.stem: read(source) for source in sources}
    assert len(found) == len(sources), "two attacks have the same name"
    return list(found.values())


def read(source: Path) -> Attack:
    """What the header of a case says, and where it is silent, that of its lab: 02_blocking.h."""
    own = _facts(source)
    included = INCLUDED_LAB.search(source.read_text(encoding="utf-8"))
    lab = included[1] if included else own.get("lab")
    assert lab is not None, f"{source.name}: it names no lab"
    facts: dict[str, Any] = {"lab": lab} | _facts(CASES / f"{lab}.h") | own
    facts |= {"threads": int(facts["threads"])} if "threads" in facts else {}
    lists = {key: tuple(re.split(", *", facts[key])) for key in LISTS if key in facts}
    return Attack(source, **(facts | lists))


def _facts(header: Path) -> dict[str, str]:
    facts = {}
    for line in header.read_text(encoding="utf-8").splitlines():
        found = FACT.fullmatch(line)
        if found is None:
            break
        facts[found[1]] = found[2]
    return facts


@dataclass(frozen=True)
class Outcome:
    """What the grader saw. `reason` is empty when it accepted what it saw."""

    reason: str = ""
    text: str = ""  # why in words; or what was built, or shown
    speedup: float = 0  # over the honest kernel
    fewer: float = 0  # how many times fewer cache misses than the honest kernel

    @staticmethod
    def of(cause: Cause) -> Outcome:
        return Outcome(cause.reason.value, cause.rationale)


def matches(expected: str, outcome: Outcome) -> bool:
    """Whether an outcome is what a header's verdict or witness says: see the README."""
    if " or " in expected:
        return any(matches(either, outcome) for either in expected.split(" or "))
    word, _, rest = expected.partition(" ")
    accepted = outcome.reason == ""
    match word:
        case "passes":
            return accepted
        case "gains":
            return accepted and 0 < max(outcome.speedup, outcome.fewer) < 1.5
        case "faster":
            return accepted and outcome.speedup >= float(rest)
        case "honest":
            return accepted and float(rest) <= outcome.speedup < 1.5
        case "fewer":
            return accepted and outcome.fewer >= float(rest)
        case "leaks":
            return rest.encode().decode("unicode_escape") in outcome.text
        case "exited" if rest.isdigit():
            return outcome.reason == word and f"exit status {rest}" in outcome.text
        case _:
            return outcome.reason == word and rest in outcome.text
