"""Graders with a defence off, and a grader run by somebody without rights: a lab's build in which
small scripts stand for programs, and start the real ones, or their witnesses, in another way."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rooflab.compile.trusted import LabBuild

ORDINARY_USER = 65534


def witness(trusted: LabBuild, without: Sequence[str], folder: Path) -> LabBuild:
    """A grader without these defences. `folder` is for scripts."""

    def switched(real: Path) -> Path:
        switches = f"export ROOFLAB_WITHOUT={','.join(without)}"
        return _script(folder / real.name, switches, f'exec {_quoted(real)} "$@"')

    emulator = trusted.emulated.emulator
    clock = "foreseeable" if "keys" in without else "witness"
    return replace(
        trusted,
        tests=switched(_instead_of(trusted.tests)),
        timing=switched(_instead_of(trusted.timing, clock)),
        misses=switched(_instead_of(trusted.misses)),
        memory=switched(_instead_of(trusted.memory)),
        instructions=switched(_instead_of(trusted.instructions)),
        emulated=replace(trusted.emulated, emulator=emulator.with_name(f"{emulator.name}_witness")),
        confine=_unconfined(folder) if "confine" in without else trusted.confine,
    )


def _instead_of(program: Path, kind: str = "witness") -> Path:
    return program.with_name(re.sub("remote|small", kind, program.name))


def _unconfined(folder: Path) -> Path:
    """Runs the compiler, and leaves out all options about what it may do."""
    skip = 'while [ "$1" != -- ]; do shift; done; shift'
    return _script(folder / "unconfined", skip, 'exec "$@"')


def as_ordinary_user(trusted: LabBuild, folder: Path) -> LabBuild:
    """The same, run by a user without any rights, from copies that any user may run. Ordinary users
    stay who they are."""
    if os.geteuid() != 0:
        return trusted
    programs = folder / "programs"
    programs.mkdir()

    def copied(program: Path) -> Path:
        return Path(shutil.copy2(program, programs))

    def theirs(program: Path) -> Path:
        user = f"setpriv --reuid={ORDINARY_USER} --regid={ORDINARY_USER} --clear-groups"
        return _script(folder / program.name, f'exec {user} -- {_quoted(copied(program))} "$@"')

    assert trusted.reference is not None
    emulated = trusted.emulated
    return replace(
        trusted,
        tests=theirs(trusted.tests),
        timing=theirs(trusted.timing),
        misses=theirs(trusted.misses),
        memory=theirs(trusted.memory),
        instructions=theirs(trusted.instructions),
        baseline=copied(trusted.baseline),
        reference=copied(trusted.reference),
        emulated=replace(emulated, emulator=copied(emulated.emulator)),
    )


def _script(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("#!/bin/sh", *lines, "")), encoding="utf-8")
    path.chmod(0o755)
    return path


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
