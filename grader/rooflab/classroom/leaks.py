"""What must not reach students, looked for in all that they would receive.

A secret is a line of substance of a file that students never get, the name of a hidden test, or a
hash of such a file. Lines are compared without white space, so that neither indentation nor a
comment sign hides one, and in every form in which text lies in files: as it is, with escapes, tags
and colours resolved, and out of base64.

Some lines stand in a solution and in a baseline, a stub or a header as well. Those were read once
by an author, and are listed in grader/hidden/given.txt: any other is a leak.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from rooflab.classroom.tree import Tree
from rooflab.course.course import Course
from rooflab.course.manifest import ANSWERS

SECRET_FOLDERS = ("solutions", "grader/hidden", "handouts/instructor")
GIVEN_LINES = "grader/hidden/given.txt"
LEAST_CHARACTERS = 20  # of a line of substance, without white space
LEAST_WORDS = 2  # of its own, different ones
LEAST_HASH = 12  # hexadecimal digits, for those that were cut
# Words that every line of C++ here has, which make none recognisable.
COMMON_WORDS = """
    a alignas and as auto b begin bool break c case char class cols const constexpr continue cpp
    data define delete do double else empty end endif enum explicit extends extern false final float
    for friend goto h i if ifdef in include inline int int32_t int64_t int8_t is j k kernel kernels
    lab01 lab02 lab03 lab04 lab05 lab06 long m MatrixView mutable n namespace Named new noexcept not
    nullptr of operator or override p pragma private protected public return rooflab row rows short
    signed size size_t sizeof span static static_assert static_cast std string struct switch
    template testing TEST_KERNEL the this throw to true try typename uint32_t uint64_t uint8_t union
    unsigned using vector virtual void volatile while x y PROMISE
"""
COMMON = frozenset(COMMON_WORDS.split())
WORD = re.compile(r"[^\W\d]\w*|\d{2,}")  # a long number is as good as a name
WHITE = re.compile(r"\s+")
NO_LETTER = re.compile(r"[\W_]+")
COMMENT_SIGN = re.compile(r"^(//+|#+|\*+|--+)")
JSON_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)")
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
BASE64 = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
HEX = re.compile(rf"(?<![0-9a-fA-F])[0-9a-fA-F]{{{LEAST_HASH},128}}(?![0-9a-fA-F])")
INTEGRITY = re.compile(r"[A-Za-z0-9+/]{22,86}")  # a hash in base64
PACKED = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"\xfd7zXZ": "xz",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x7fELF": "a program",
    b"!<arch>": "a library",
}


@dataclass(frozen=True)
class Leak:
    """`path` and `line` are of the student tree; `secret` says what was found there."""

    path: str
    line: int
    secret: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.secret}"


@dataclass(frozen=True)
class Secrets:
    """What is looked for in so many files' stead, and how each is told of: lines without white
    space, names without what is no letter or digit, hashes in hexadecimal and base64."""

    files: int = 0
    lines: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_beginning(self) -> tuple[int, Mapping[str, Sequence[str]]]:
        """The lines by their first characters, and how many those are."""
        length = min(map(len, self.lines), default=1)
        found = defaultdict(list)
        for line in self.lines:
            found[line[:length]].append(line)
        return length, found


def secrets_of(course: Course) -> Secrets:
    """Of all labs of the course, released or not."""
    given = {_squeezed(line) for line in given_lines(course)}
    lines: dict[str, str] = {}
    hashes: dict[str, str] = {}
    paths = [
        path
        for folder in SECRET_FOLDERS
        for path in sorted((course.root / folder).rglob("*"))
        if path.is_file() and path != course.root / GIVEN_LINES and "__pycache__" not in path.parts
    ]
    for path in paths:
        name = path.relative_to(course.root).as_posix()
        content = path.read_bytes()
        hashes |= dict.fromkeys(_hashes(content), f"a hash of {name}")
        for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
            squeezed = _squeezed(line)
            if squeezed not in given and (
                _has_substance(line, squeezed) or _answers(path, squeezed)
            ):
                lines.setdefault(squeezed, f"line {number} of {name}: {line.strip()}")
    return Secrets(len(paths), lines, _hidden_names(course), hashes)


def given_lines(course: Course) -> list[str]:
    """Lines of hidden files that students may have."""
    try:
        text = (course.root / GIVEN_LINES).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [line for line in text.splitlines() if line and not line.startswith("## ")]


def find_leaks(tree: Tree, secrets: Secrets) -> list[Leak]:
    """All of them, by path. A file that cannot be looked into counts as one."""
    return [leak for path, file in tree.items() for leak in _leaks(path, file.content, secrets)]


def _leaks(path: str, content: bytes, secrets: Secrets) -> Iterator[Leak]:
    for magic, kind in PACKED.items():
        if content.startswith(magic):
            yield Leak(path, 1, f"{kind}, which cannot be looked into")
            return
    if path.endswith(".pyc"):
        yield Leak(path, 1, "compiled Python, which cannot be looked into")
    found: dict[tuple[int, str], None] = {}
    for text in _forms(content.decode(errors="replace")):
        found |= dict.fromkeys(_in_text(text, secrets))
    yield from (Leak(path, line, secret) for line, secret in found)


def _in_text(text: str, secrets: Secrets) -> Iterator[tuple[int, str]]:
    """The line in which each secret begins."""
    squeezed = WHITE.sub("", text)
    length, beginnings = secrets.by_beginning
    for i in range(len(squeezed) - length + 1):
        for line in beginnings.get(squeezed[i : i + length], ()):
            if squeezed.startswith(line, i):
                yield _line_of(text, WHITE, i), secrets.lines[line]
    letters = NO_LETTER.sub("", text.lower())
    for name, told in secrets.names.items():
        if (at := letters.find(name)) >= 0:
            yield _line_of(text.lower(), NO_LETTER, at), told
    for match in HEX.finditer(text):
        digits = match[0].lower()
        for known in secrets.hashes if len(digits) < 32 else [digits]:
            if known in secrets.hashes and known.startswith(digits):
                yield text.count("\n", 0, match.start()) + 1, secrets.hashes[known]
    for match in INTEGRITY.finditer(text):
        if match[0] in secrets.hashes:
            yield text.count("\n", 0, match.start()) + 1, secrets.hashes[match[0]]


def _line_of(text: str, dropped: re.Pattern[str], index: int) -> int:
    """The number of the line whose character is at `index` of the text without what is dropped."""
    for number, line in enumerate(text.splitlines(), 1):
        index -= len(dropped.sub("", line))
        if index < 0:
            return number
    return 1


def _forms(text: str) -> Iterator[str]:
    """The text, and what it says to those who resolve its escapes, colours, tags and encodings."""
    yield text
    if "\0" in text:  # two bytes per character
        yield text.replace("\0", "")
    if "\x1b" in text:
        yield COLOUR.sub("", text)
    if "&" in text and (resolved := html.unescape(text)) != text:
        yield resolved
    if "</" in text:  # as a page shows it, with its syntax in colours
        yield html.unescape(TAG.sub("", text))
    if "\\" in text:
        yield JSON_ESCAPE.sub(_resolve, text)
    if PERCENT.search(text):
        yield unquote(text, errors="replace")
    for match in BASE64.finditer(WHITE.sub("", text)):
        for start in range(4):  # it may stand behind letters that are not of it
            digits = match[0][start:].rstrip("=")
            digits = digits[: len(digits) - (len(digits) % 4 == 1)]  # so many cannot be
            decoded = base64.b64decode(digits + "=" * (-len(digits) % 4))
            yield decoded.decode(errors="replace").replace("\0", "")


def _resolve(escape: re.Match[str]) -> str:
    what = escape[1]
    if len(what) == 5:
        return chr(int(what[1:], 16))
    return {"n": "\n", "t": "\t", "r": "\r"}.get(what, what)


def _squeezed(line: str) -> str:
    return COMMENT_SIGN.sub("", WHITE.sub("", line))


def _has_substance(line: str, squeezed: str) -> bool:
    if len(squeezed) < LEAST_CHARACTERS or line.lstrip().startswith("#include"):
        return False
    return len(set(WORD.findall(line)) - COMMON) >= LEAST_WORDS


def _answers(path: Path, squeezed: str) -> bool:
    """A field of answers.toml that is filled in."""
    return path.name == ANSWERS and re.fullmatch(r'\w+=(?!"").+', squeezed) is not None


def _hidden_names(course: Course) -> dict[str, str]:
    """Of hidden tests, but for those that a public test of some lab has as well."""
    public = {name for lab in course.labs for name in _test_names(lab.directory / "tests.cpp")}
    names = {}
    for lab in course.labs:
        if lab.hidden is not None:
            for name in _test_names(lab.hidden / "tests.cpp") - public:
                key = NO_LETTER.sub("", name.lower())
                names[key] = f'the hidden test "{name}" of lab {lab.id}'
    return names


def _test_names(path: Path) -> set[str]:
    """As doctest shows them."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    promises = re.findall(r"\bPROMISE\(\w+::(\w+)\)", text)
    return {*re.findall(r'\bTEST_CASE\("([^"]+)"', text), *(p.replace("_", " ") for p in promises)}


def _hashes(content: bytes) -> Iterator[str]:
    blob = b"blob %d\0" % len(content) + content
    for name in ("md5", "sha1", "sha256", "sha384", "sha512", "blake2b"):
        digest = hashlib.new(name, content, usedforsecurity=False).digest()
        yield from (digest.hex(), base64.b64encode(digest).decode().rstrip("="))
    for name in ("sha1", "sha256"):  # git's
        yield hashlib.new(name, blob, usedforsecurity=False).hexdigest()
