"""Counts the cache misses of one call on an emulated processor.

The harness (grader/harness/programs/misses_main.cpp) runs the worker in an emulator, which counts
the loads and stores of one call in a model of the manifest's caches, and verifies the output of
that very call. A program has the same count on every machine and in every run. So those of baseline
and reference are counted once a build, and kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rooflab.base.errors import SetupError
from rooflab.base.files import write_atomically
from rooflab.base.process import Ending, run, trusted_limits
from rooflab.base.text import key_values, sanitize
from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import PORTABLE
from rooflab.course.course import Course
from rooflab.course.manifest import CacheGeometry, EmulatedCaches
from rooflab.report.model import Cause, Reason

LIMIT_S = 900.0  # the harness itself waits 600 s
# Some twenty times what the largest graded case takes: less than a minute.
MAX_INSTRUCTIONS = 2_000_000_000
LAST_WORDS_BYTES = 4000  # the harness's own, behind what the kernel printed


@dataclass(frozen=True)
class Site:
    """An instruction that loads or stores."""

    address: int
    accesses: int
    d1_misses: int


@dataclass(frozen=True)
class MissCounts:
    """Of one call. Accesses are loads and stores; `sites` has those with most misses first."""

    accesses: int
    d1_misses: int
    ll_misses: int
    instructions: int
    sites: tuple[Site, ...] = ()

    @staticmethod
    def read(output: dict[str, Any]) -> MissCounts:
        """From the harness's JSON, or our own. ValueError, LookupError or TypeError when it is
        something else."""
        sites = tuple(Site(*map(int, site)) for site in output["sites"])
        names = ("accesses", "d1_misses", "ll_misses", "instructions")
        return MissCounts(**{name: int(output[name]) for name in names}, sites=sites)


def count(
    trusted: LabBuild,
    worker: Path,
    case: str,
    caches: EmulatedCaches,
    work: Path,
    key: str,
    limit_s: float = LIMIT_S,
) -> MissCounts | Cause:
    """Emulates one call of `case` by `worker`, which was built for the emulator."""
    done = run(
        [
            trusted.misses,
            f"--case={case}",
            f"--worker={worker}",
            f"--emulator={trusted.emulated.emulator}",
            f"--d1={_geometry(caches.d1)}",
            f"--ll={_geometry(caches.ll)}",
            f"--max-instructions={MAX_INSTRUCTIONS}",
        ],
        trusted_limits(wall_s=limit_s),
        directory=work,
        environment={"ROOFLAB_KEY": key},
    )
    if done.ending is Ending.TIMED_OUT:
        why = f"the emulated run was still going on after {done.wall_s:.0f} s"
        return Cause(reason=Reason.TIMED_OUT, rationale=why)
    last_words = key_values(sanitize(done.stderr[-LAST_WORDS_BYTES:]))
    if done.ending is Ending.EXITED and done.code == 1 and last_words.get("reason") in list(Reason):
        reason = Reason(last_words["reason"])
        what = last_words.get("what", "it failed")
        return Cause(
            reason=reason,
            rationale=f"while its cache misses were counted: {what}",
            help=PORTABLE if reason is Reason.NOT_PORTABLE else "",
        )
    try:
        if done.succeeded:
            return MissCounts.read(json.loads(done.stdout))
    except (ValueError, LookupError, TypeError):
        pass
    words = sanitize(done.stderr[-LAST_WORDS_BYTES:])[-400:]
    raise SetupError(f"cache misses cannot be counted here: {words}", "./lab doctor")


def count_once(
    trusted: LabBuild, worker: Path, case: str, caches: EmulatedCaches, work: Path, key: str
) -> MissCounts | Cause:
    """The same for a worker of ours, whose count is kept: it follows from what is built."""
    known = (
        Course(trusted.lab.root).build / "misses" / f"{_key(trusted, worker, case, caches)}.json"
    )
    try:
        return MissCounts.read(json.loads(known.read_bytes()))
    except (OSError, ValueError, LookupError, TypeError):
        pass  # not counted yet
    counts = count(trusted, worker, case, caches, work, key)
    if isinstance(counts, MissCounts):
        sites = [[site.address, site.accesses, site.d1_misses] for site in counts.sites]
        write_atomically(known, json.dumps({**asdict(counts), "sites": sites}).encode())
    return counts


def _key(trusted: LabBuild, worker: Path, case: str, caches: EmulatedCaches) -> str:
    """Names all that a count follows from."""
    digest = hashlib.sha256()
    for part in _parts(trusted, worker, case, caches):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _parts(trusted: LabBuild, worker: Path, case: str, caches: EmulatedCaches) -> Iterator[bytes]:
    for program in (worker, trusted.emulated.emulator, trusted.misses):
        yield program.read_bytes()
    yield f"{case} {_geometry(caches.d1)} {_geometry(caches.ll)}".encode()


def _geometry(cache: CacheGeometry) -> str:
    return f"{cache.size_bytes},{cache.ways},{cache.line_bytes}"
