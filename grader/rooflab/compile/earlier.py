"""What a worker has of earlier labs: the kernels that its lab uses of them.

They are the submission's own. Where those are wrong, do not compile or are not there, they are the
baseline's. Each earlier lab's files are compiled as that lab has it, and become one object whose
symbols are local, all but the kernels that are used: whatever else two labs define under the same
name stays apart, and a kernel that the baseline's stands in for is not in the way.

A student changes one lab again and again, and not those before it: their objects are kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.base.files import read_start, write_atomically
from rooflab.compile import objects, toolchain
from rooflab.compile.linking import link_worker
from rooflab.compile.objects import Tools, compile_files, keep_global, merge, symbols
from rooflab.compile.trusted import EarlierBuild, LabBuild
from rooflab.course.course import Course, Lab
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause, Reason

OWN, OWN_USED = "own.o", "own_used.o"
BASELINE, BASELINE_USED = "baseline.o", "baseline_used.o"
# Of the objects that are kept: labs, times builds for processor, emulator and line tables, twice.
KEPT, KEPT_BYTES = 24, 4 << 20
FUNCTIONS = "TWi"  # nm's letters for those that other objects can call


@dataclass(frozen=True)
class Parts:
    """Objects to link. `replaced` are the kernels in them that are the baseline's, as manifests
    name them, and why."""

    objects: tuple[str, ...]
    replaced: Mapping[str, Cause]


def parts(trusted: LabBuild, submission: SubmittedFiles, directory: Path) -> Parts:
    """The kernels that the lab uses; each earlier lab has a folder in `directory`. SetupError where
    a baseline is not what the course says."""
    found: list[str] = []
    replaced: dict[str, Cause] = {}
    for earlier in trusted.earlier:
        folder = directory / earlier.build.lab.name
        folder.mkdir()
        of_lab = _parts(earlier, submission, Tools(earlier.build, folder))
        found += (str(folder / name) for name in of_lab.objects)
        replaced |= of_lab.replaced
    return Parts(tuple(found), replaced)


def compiled(tools: Tools, submission: SubmittedFiles) -> str | Cause:
    """The name of one object with all that an earlier lab's files define, in the tools' folder; or
    why they do not build into a worker of their lab. Compiler and linker run when something has
    changed."""
    lab, folder = tools.trusted.lab, tools.directory
    kept = _store(lab) / f"{_key(tools.trusted, submission)}.o"
    if content := read_start(kept, KEPT_BYTES):
        (folder / OWN).write_bytes(content)
        with contextlib.suppress(OSError):
            os.utime(kept)
        return OWN
    # A line table then says "/03_simd/kernels.cpp", wherever that was compiled (source_lines.py).
    named = f"-fdebug-prefix-map={folder}=/{lab.name}"
    done = compile_files(tools, submission, [named], ())
    if isinstance(done, Cause):
        return done
    if not merge(tools, done.objects, OWN):
        return Cause(reason=Reason.BUILD_FAILED, rationale="its object files cannot be merged")
    if refused := link_worker(tools, submission, [OWN]):
        return refused
    content = read_start(folder / OWN, KEPT_BYTES + 1)
    if 0 < len(content) <= KEPT_BYTES:
        _keep(kept, content)
    return OWN


def fails_tests(lab: Lab, kernel: str, suite: str) -> Cause:
    """Why a kernel is replaced: it fails its own lab's tests, the public or the hidden ones."""
    command = f"test {lab.id} {kernel}" if suite == "public" else f"grade {lab.id}"
    why = f"{lab.namespace}::{kernel} fails lab {lab.id}'s {suite} tests"
    return _replaced(f"{why}: the baseline's is used in its place", command)


def does_not_build(lab: Lab, why: Cause) -> Cause:
    """Why all of a lab's kernels are replaced."""
    first = why.rationale.partition("\n")[0].removesuffix(":")
    return _replaced(
        f"lab {lab.id}: {first}; the baseline's kernels are used in place of yours",
        f"test {lab.id}",
    )


def _not_defined(lab: Lab, name: str) -> Cause:
    why = f"lab {lab.id} compiles, but does not define {name}"
    return _replaced(f"{why}: the baseline's is used in its place", f"test {lab.id}")


def _replaced(why: str, command: str) -> Cause:
    return Cause(reason=Reason.REPLACED, rationale=why, help=f"./lab {command}")


def _parts(earlier: EarlierBuild, submission: SubmittedFiles, tools: Tools) -> Parts:
    lab, known = earlier.build.lab, _symbols_of_kernels(earlier, tools)
    replaced = {name: submission.wrong[name] for name in known if name in submission.wrong}
    if len(replaced) < len(known):
        defined = _defined(tools, submission)
        for name in known.keys() - replaced.keys():
            if isinstance(defined, Cause):
                replaced[name] = does_not_build(lab, defined)
            elif not defined.issuperset(known[name]):
                replaced[name] = _not_defined(lab, name)
    linked = []
    if own := [symbol for name in known if name not in replaced for symbol in known[name]]:
        if keep_global(tools, own, OWN, OWN_USED):
            linked.append(OWN_USED)
        else:
            cause = Cause(reason=Reason.BUILD_FAILED, rationale="its object file cannot be read")
            replaced |= dict.fromkeys(known.keys() - replaced.keys(), does_not_build(lab, cause))
    if others := [symbol for name in known if name in replaced for symbol in known[name]]:
        whole = merge(tools, earlier.build.baseline_objects, BASELINE)
        if not whole or not keep_global(tools, others, BASELINE, BASELINE_USED):
            raise _broken_baseline(lab, "it cannot be linked")
        linked.append(BASELINE_USED)
    return Parts(tuple(linked), {name: replaced[name] for name in known if name in replaced})


def _symbols_of_kernels(earlier: EarlierBuild, tools: Tools) -> dict[str, list[str]]:
    """What the linker calls the kernels that are used: all overloads of their names in the
    baseline."""
    lab = earlier.build.lab
    there = symbols(tools, earlier.build.baseline_objects)
    if there is None:
        raise _broken_baseline(lab, "its symbols cannot be read")
    found = {}
    for kernel, name in zip(earlier.kernels, earlier.names, strict=True):
        mangled = f"_ZN{len(lab.namespace)}{lab.namespace}{len(kernel)}{kernel}E"
        found[name] = [s for s, kind in there if s.startswith(mangled) and kind in FUNCTIONS]
        if not found[name]:
            raise _broken_baseline(lab, f"it defines no function {name}")
    return found


def _defined(tools: Tools, submission: SubmittedFiles) -> set[str] | Cause:
    """The functions of the submission's own object, which is then in the tools' folder."""
    taken = submission.earlier.get(tools.trusted.lab.name)
    if not isinstance(taken, SubmittedFiles):
        return taken or Cause(reason=Reason.MISSING_FILE, rationale="it is not there")
    own = compiled(tools, taken)
    if isinstance(own, Cause):
        return own
    return {name for name, kind in symbols(tools, [own]) or () if kind in FUNCTIONS}


def _broken_baseline(lab: Lab, why: str) -> SetupError:
    return SetupError(f"the baseline of {lab.name}: {why}", f"./lab verify {lab.id}")


# --- Objects that are kept -----------------------------------------------------------------------


def _store(lab: Lab) -> Path:
    return Course(lab.root).build / "earlier"


def _key(trusted: LabBuild, submission: SubmittedFiles) -> str:
    """A name for all that an object is compiled from."""
    headers = [
        (str(header), header.read_text(encoding="utf-8", errors="replace"))
        for folder in map(Path, trusted.includes)
        for header in sorted(folder.rglob("*.h"))
    ]
    sources = [(name, content.hex()) for name, content in submission.files.items()]
    ours = [Path(file).stat().st_mtime_ns for file in (__file__, objects.__file__)]
    how = [toolchain.stamp(trusted.compiler), ours, trusted.compile_flags]
    return hashlib.sha256(json.dumps([how, headers, sources]).encode()).hexdigest()


def _keep(file: Path, content: bytes) -> None:
    """Keeps an object, and of all no more than KEPT, those used last. A disk that is full costs
    nobody a grade here."""
    with contextlib.suppress(SetupError, OSError):
        write_atomically(file, content)
        known = sorted(file.parent.glob("*.o"), key=lambda path: path.stat().st_mtime_ns)
        for old in known[:-KEPT]:
            old.unlink(missing_ok=True)
