"""Builds what attacks are tried on, and their workers, once each: as the grader does."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import BoundedSemaphore, Lock

from attacking import INCLUDES, ROOT, Attack

from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.worker import Built, build_for_emulator, build_submission
from rooflab.course.course import Course
from rooflab.report.model import Cause

AT_ONCE = 2  # builds


@dataclass
class Workshop:
    """Builds what is asked for once, in a folder that any user may read."""

    folder: Path
    _labs: dict[tuple[str, int], LabBuild] = field(default_factory=dict)
    _workers: dict[str, Future[Built | Cause]] = field(default_factory=dict)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(AT_ONCE))
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))
    _entrance: Lock = field(default_factory=Lock)  # to the places

    def trusted(self, lab: str, threads: int = 1) -> LabBuild:
        """What the lab is graded with, were its kernels to have so many threads; its witnesses are
        built, too."""
        if (lab, threads) not in self._labs:
            self._labs[lab, threads] = _prepare(lab, threads)
        return self._labs[lab, threads]

    def start(self, attack: Attack) -> Future[Built | Cause]:
        """Begins to build its worker."""
        trusted = self.trusted(attack.lab, attack.threads)
        if attack.name not in self._workers:
            self._workers[attack.name] = self._pool.submit(self._build, trusted, attack)
        return self._workers[attack.name]

    def worker(self, attack: Attack) -> Built | Cause:
        return self.start(attack).result()

    def _build(self, trusted: LabBuild, attack: Attack) -> Built | Cause:
        build = build_for_emulator if attack.stage == "misses" else build_submission
        with self._entrance:
            pass  # who waits to be alone goes first
        with self._places:
            return build(trusted, attack.submission, self.new_folder(attack.name), INCLUDES)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nothing else is built meanwhile: for what changes how everything is built."""
        with self._entrance, self._places, self._places:
            yield

    def new_folder(self, name: str) -> Path:
        folder = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=self.folder))
        folder.chmod(0o755)
        return folder

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def _prepare(name: str, threads: int) -> LabBuild:
    course = Course(ROOT)
    lab = replace(course.find(name))
    if threads > 1:  # and data races are looked for
        first, *others = lab.manifest.kernels
        points = first.points.model_copy(update={"races": 1})
        kernels = (first.model_copy(update={"points": points}), *others)
        changed = {"threads": threads, "kernels": kernels}
        lab.__dict__["manifest"] = lab.manifest.model_copy(update=changed)
    trusted = prepare(course, lab)
    build = ["cmake", "--build", str(trusted.tests.parent), "--target", "rooflab_attacks"]
    subprocess.run(build, check=True, capture_output=True)
    # With cases that are small enough, where a lab has some: tests/attacks/small_cases.cpp.
    usual = trusted.instructions
    small = usual.with_name(usual.name.replace("remote", "small"))
    return replace(trusted, instructions=small) if small.exists() else trusted
