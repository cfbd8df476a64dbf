"""What a compiler reads, found from the compiler itself: the only files of the system that it may
read while it is given a submission.

Folders of headers and libraries, and single files: the programs that it runs, and the shared
libraries of those. Nothing else below /usr is among them, for a course may lie there.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.base.files import write_atomically
from rooflab.base.process import ENVIRONMENT, Limits, run

# Of GCC and of Clang; what one of them has not is left out.
PROGRAMS = ("cc1plus", "collect2", "lto-wrapper", "as", "ld")
OF_ONE_VERSION = "crtbeginT.o"
LIBRARIES = (OF_ONE_VERSION, "crt1.o", "libc.a", "libstdc++.a", "libgcc.a", "liblto_plugin.so")
LOADER_CACHE = Path("/etc/ld.so.cache")
# Searched by every compiler, and part of none: anybody's headers.
FOREIGN = Path("/usr/local/include")
# Where else Debian keeps headers, behind links.
HEADERS = Path("/usr/lib")
LIMITS = Limits(wall_s=30)


def stamp(compiler: str) -> list[str | int]:
    """What the answer depends on: the compiler, and the questions that are asked here."""
    program = Path(shutil.which(compiler) or compiler).resolve()
    return [str(program), program.stat().st_mtime_ns, Path(__file__).stat().st_mtime_ns]


def cached(compiler: str, file: Path) -> tuple[Path, ...]:
    """The same as `readable`, from `file` if that was written for this compiler: asking takes as
    long as compiling a kernel."""
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        known = json.loads(file.read_text(encoding="utf-8"))
        if known["stamp"] == stamp(compiler):
            return tuple(map(Path, known["readable"]))
    paths = readable(compiler)
    known = {"stamp": stamp(compiler), "readable": list(map(str, paths))}
    write_atomically(file, json.dumps(known).encode())
    return paths


def readable(compiler: str) -> tuple[Path, ...]:
    """The folders and files that `compiler` needs to compile and to link a static program."""
    programs = {path for path in _programs(compiler) if path.is_file()}
    libraries = {library for program in programs for library in _shared_libraries(program)}
    folders = {folder for folder in _folders(compiler) if folder.is_dir()}
    headers = {path for folder in folders for path in _linked(folder)}
    found = {LOADER_CACHE} | programs | libraries | folders | headers
    return tuple(sorted(path for path in found if folders.isdisjoint(path.parents)))


def keep_apart(course: Path, readable: Sequence[Path]) -> None:
    """SetupError when compilers could read the course's files, as those of the toolchain."""
    root = course.resolve()
    for path in readable:
        if root.is_relative_to(path) or path.is_relative_to(root):
            raise SetupError(
                f"the course lies in {root}, and compilers, which must not read it, read {path}",
                "move the course to another folder, in your home directory for instance",
            )


def _programs(compiler: str) -> Iterator[Path]:
    for name in (compiler, *(_output(compiler, f"-print-prog-name={name}") for name in PROGRAMS)):
        found = shutil.which(name, path=ENVIRONMENT["PATH"])
        if found is not None:
            yield Path(found).resolve()


def _folders(compiler: str) -> Iterator[Path]:
    for name in LIBRARIES:
        found = Path(_output(compiler, f"-print-file-name={name}"))
        if found.is_absolute():  # else it is just the name again: there is none
            yield found.parent.resolve()
            yield found.resolve().parent
            if name == OF_ONE_VERSION:  # Clang lists the versions of GCC, to find headers
                yield found.resolve().parent.parent
    said = _output(compiler, "-E", "-v", "-x", "c++", "/dev/null")
    searched = said.partition("search starts here:")[2].partition("End of search list")[0]
    for line in re.findall(r"^ (/.*)$", searched, re.MULTILINE):
        folder = Path(line).resolve()
        if folder != FOREIGN:
            yield folder


def _linked(folder: Path) -> Iterator[Path]:
    """Headers, or folders of them, that a link somewhere in `folder` leads to: Debian 13 keeps the
    kernel's for each processor below /usr/lib."""
    for entry in folder.rglob("*"):
        if entry.is_symlink() and entry.exists() and entry.resolve().is_relative_to(HEADERS):
            yield entry.resolve()


def _shared_libraries(program: Path) -> Iterator[Path]:
    """The dynamic loader among them. None, for a static program."""
    for name in re.findall(r"(/\S+) \(0x", _output("ldd", str(program))):
        yield Path(name).resolve()


def _output(*command: str) -> str:
    done = run(command, LIMITS, directory=Path("/"), environment={"LC_ALL": "C"})
    return (done.stdout + done.stderr).decode(errors="surrogateescape").strip()
