"""The course on disk: which labs there are, and where their files lie."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rooflab.base.errors import SetupError, UsageError

if TYPE_CHECKING:
    from rooflab.course.manifest import Hints, Manifest

LAB_NAME = re.compile(r"(\d\d)_([a-z0-9_]+)")


@dataclass(frozen=True)
class Lab:
    """One lab, "02_blocking". `solution` and `hidden` are None in a student's copy."""

    root: Path
    name: str

    @property
    def id(self) -> str:
        """Two digits, as in `./lab test 02`."""
        return self.name[:2]

    @property
    def namespace(self) -> str:
        """Of its kernels in C++, and what CMake's targets begin with: "lab02"."""
        return f"lab{self.id}"

    @property
    def number(self) -> int:
        return int(self.id)

    @property
    def topic(self) -> str:
        return self.name[3:]

    @property
    def directory(self) -> Path:
        return self.root / "labs" / self.name

    @property
    def handout(self) -> Path:
        return self.root / "handouts" / f"{self.name}.md"

    @property
    def solution(self) -> Path | None:
        return _directory(self.root / "solutions" / self.name)

    @property
    def hidden(self) -> Path | None:
        return _directory(self.root / "grader" / "hidden" / self.name)

    @property
    def stubs(self) -> Path:
        """The editable files as the course gives them: what `reset` restores."""
        return self.root / "grader" / "stubs" / self.name

    @property
    def last_report(self) -> Path:
        """Where the last grade is kept; it may not exist."""
        return self.root / "build" / "reports" / f"{self.name}.json"

    @cached_property
    def manifest(self) -> Manifest:
        from rooflab.course import manifest  # pydantic is slow to import

        return manifest.load(self.directory / "lab.toml")

    @cached_property
    def earlier(self) -> tuple[Earlier, ...]:
        """The earlier labs of which it uses kernels, in the manifest's order. ManifestError where
        the manifest names what is not there, or cannot be used."""
        from rooflab.course import manifest

        used: dict[str, Earlier] = {}
        problems = []
        for name in self.manifest.uses:
            namespace, _, kernel = name.partition("::")
            found = self._earlier(namespace, kernel)
            if isinstance(found, str):
                problems.append(f'uses: "{name}": {found}')
            else:
                before = used.get(namespace, Earlier(found, ()))
                used[namespace] = Earlier(found, (*before.kernels, kernel))
        if problems:
            raise manifest.wrong(self.directory / "lab.toml", problems)
        return tuple(used.values())

    def _earlier(self, namespace: str, kernel: str) -> Lab | str:
        """The lab that this one uses that kernel of, or why it cannot."""
        from rooflab.course import manifest

        before = [lab for lab in Course(self.root).labs if lab.id < self.id]
        lab = next((lab for lab in before if lab.namespace == namespace), None)
        if lab is None:
            known = ", ".join(lab.namespace for lab in before)
            return f"a lab uses kernels of labs before it; those are: {known or 'none'}"
        kernels = [kernel.name for kernel in lab.manifest.kernels]
        if kernel not in kernels:
            unknown = f"lab {lab.id} has no such kernel"
            return unknown + manifest.did_you_mean(kernel, kernels)
        if lab.manifest.threads > 1:
            return f"kernels of lab {lab.id} may start threads, those of lab {self.id} may not"
        if lab.manifest.uses:
            return f"lab {lab.id} uses other labs' kernels itself: name those labs' kernels"
        return lab

    @cached_property
    def hints(self) -> Hints:
        """Three for each kernel of the manifest."""
        from rooflab.course import manifest

        kernels = [kernel.name for kernel in self.manifest.kernels]
        return manifest.load_hints(self.root / "grader" / "hints" / f"{self.name}.toml", kernels)


@dataclass(frozen=True)
class Earlier:
    """A lab, and the kernels of it that a later lab uses."""

    lab: Lab
    kernels: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    root: Path

    @staticmethod
    def discover(environment: Mapping[str, str] = os.environ) -> Course:
        """The course that this package is part of, or the one that ROOFLAB_ROOT names."""
        named = environment.get("ROOFLAB_ROOT")
        root = Path(named).resolve() if named else Path(__file__).resolve().parents[3]
        if not (root / "labs").is_dir():
            raise SetupError(
                f"no course here: {root} has no folder labs",
                "set ROOFLAB_ROOT to the course's folder"
                if named
                else "run ./lab from a complete copy of the course",
            )
        return Course(root)

    @cached_property
    def labs(self) -> tuple[Lab, ...]:
        """The labs, in the order in which they are taught."""
        manifests = sorted((self.root / "labs").glob("*/lab.toml"))
        names = [path.parent.name for path in manifests]
        return tuple(Lab(self.root, name) for name in names if LAB_NAME.fullmatch(name))

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def state(self) -> Path:
        return self.build / "state"

    @property
    def solutions(self) -> Path | None:
        return _directory(self.root / "solutions")

    @property
    def hidden(self) -> Path | None:
        return _directory(self.root / "grader" / "hidden")

    def find(self, text: str) -> Lab:
        """The lab that a user means by "02", "2", "blocking", "02_blocking" or its folder."""
        wanted = text.strip().rstrip("/").rpartition("/")[2].lower()
        for lab in self.labs:
            names = {lab.name, lab.topic, lab.id, str(lab.number)}
            if wanted in names:
                return lab
        known = [lab.name for lab in self.labs]
        close = get_close_matches(wanted, [lab.topic for lab in self.labs] + known, n=1, cutoff=0.5)
        likely = self.find(close[0]).id if close else None
        raise UsageError(
            f'there is no lab "{text}"; the labs are: {", ".join(known) or "none"}',
            f"name one of them, for example {likely or (self.labs[0].id if known else '02')}",
        )


def _directory(path: Path) -> Path | None:
    return path if path.is_dir() else None
