"""Where in a submission a check has its cause, so that other programs can show it in the source.

A compiler's error and a data race have a line of their own. For anything else it is the line in
which the kernel is defined, found by a scanner that knows comments, strings and braces, and no more
of C++. What it is not sure of it leaves out: no line is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rooflab.course.manifest import ANSWERS
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Check, CheckKind, CheckStatus, Location, Reason

LOST = (CheckStatus.FAIL, CheckStatus.PARTIAL, CheckStatus.ERROR)
# What is no code, or is none after the preprocessor. A number comes first for its separators, as in
# 1'000. Where nothing closes it, each alternative takes the rest of the file, so that no part of a
# file is looked at twice.
NO_CODE = re.compile(
    r"""(?P<code>\b[0-9](?:'?[\w.])*)
      | //(?:\\\n|[^\n])*
      | /\*(?:.*?\*/|.*)
      | \b(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\((?:.*?\)(?P=mark)"|.*)
      | "(?:\\.|[^"\\\n])*"?
      | '(?:\\.|[^'\\\n])*'?
      | ^[ \t]*\#(?:\\\n|/\*(?:.*?\*/|.*)|[^\n])*""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
LONGEST_HEADER = 4000  # of a definition, in characters
DEEPEST = 200  # blocks in blocks
NAMESPACE = re.compile(r"namespace\s+([\w:]+)\s*")
# What may stand between a function's parameters and its body.
BEFORE_BODY = re.compile(
    r"\s*(?:(?:const|noexcept|final|override|try)\b\s*)*"
    r"(?:(?:->|requires\b|noexcept\b|\[\[).*)?",
    re.DOTALL,
)
INITIALIZERS = re.compile(r"\s*(?:noexcept\b\s*)?:(?!:).*", re.DOTALL)
QUALIFIER = re.compile(r"((?:\w+\s*::\s*)*)$")
LONE_COLON = re.compile(r"(?<!:):(?!:)")


def located(checks: Sequence[Check], submission: SubmittedFiles) -> list[Check]:
    """The checks; those that lost points, or failed, with their place as far as it is known."""
    return [
        check.model_copy(update={"location": _location(check, submission)})
        if check.status in LOST
        else check
        for check in checks
    ]


def _location(check: Check, submission: SubmittedFiles) -> Location | None:
    name = check.id.partition(".")[0]
    if check.kind is CheckKind.ANSWER:
        return _answer(submission, check.id.rpartition(".")[2])
    if check.kind is CheckKind.BUILD:
        return _named(
            check, submission, r"^(?:{folder}/)?({names}):(\d+):(?:\d+:)? (?:\w+ )?error:"
        )
    if check.kind is CheckKind.USES:
        return _kernel_of_earlier_lab(submission, name)
    if check.cause is not None and check.cause.reason is Reason.DATA_RACE:
        found = _named(check, submission, r" at ({names}):(\d+)\b")
        if found is not None and found.line is not None:
            return found
    return _kernel(submission, f"lab{_lab(submission)[:2]}", name)


def _lab(submission: SubmittedFiles) -> str:
    return submission.folder.rpartition("/")[2]


def _named(check: Check, submission: SubmittedFiles, pattern: str) -> Location | None:
    """The first place of that pattern in the check's cause. What it says comes from the submission,
    by way of a compiler: only a line that there is counts. Else the only file that there is."""
    text = check.cause.rationale if check.cause is not None else ""
    names = "|".join(map(re.escape, submission.files))
    wanted = pattern.format(folder=re.escape(submission.folder), names=names)
    for file, number in re.findall(wanted, text, re.MULTILINE):
        line = int(number[:7])
        if 0 < line <= _lines(submission.files[file]):
            return Location(file=f"{submission.folder}/{file}", line=line)
    return _only_file(submission)


def _only_file(submission: SubmittedFiles) -> Location | None:
    if len(submission.files) != 1:
        return None
    return Location(file=f"{submission.folder}/{next(iter(submission.files))}")


def _answer(submission: SubmittedFiles, question: str) -> Location | None:
    if not isinstance(submission.answers, bytes):
        return None
    text = submission.answers.decode("utf-8", errors="replace")
    found = re.search(rf"^[ \t]*{re.escape(question)}[ \t]*=", text, re.MULTILINE)
    line = text.count("\n", 0, found.start()) + 1 if found else None
    return Location(file=f"{submission.folder}/{ANSWERS}", line=line)


def _kernel_of_earlier_lab(submission: SubmittedFiles, name: str) -> Location | None:
    """Of "lab03::gelu"."""
    namespace, _, kernel = name.partition("::")
    for lab, taken in submission.earlier.items():
        if f"lab{lab[:2]}" == namespace and isinstance(taken, SubmittedFiles):
            return _kernel(taken, namespace, kernel)
    return None


def _kernel(submission: SubmittedFiles, namespace: str, kernel: str) -> Location | None:
    """Where it is defined; in the only file if that is not found."""
    for file, content in submission.files.items():
        line = definition(content.decode("utf-8", errors="replace"), namespace, kernel)
        if line is not None:
            return Location(file=f"{submission.folder}/{file}", line=line)
    return _only_file(submission)


def _lines(content: bytes) -> int:
    return content.count(b"\n") + 1


# --- The scanner ---------------------------------------------------------------------------------


def definition(source: str, namespace: str, kernel: str) -> int | None:
    """The line on which `namespace` defines that function, or the class that the kernel's name
    stands for (thread_pool: ThreadPool), by itself or by its first constructor. None if there is
    none, or more than one."""
    headers = list(_headers(_code_of(source.replace("\r\n", "\n"))))
    functions = [line for h in headers if (line := _function(h, namespace, kernel, kernel))]
    if functions:
        return functions[0] if len(functions) == 1 else None
    name = "".join(word.capitalize() for word in kernel.split("_"))
    classes = [line for header in headers if (line := _class(header, namespace, name))]
    constructors = (_function(h, namespace, f"{name}::{name}", name) for h in headers)
    return next(iter(classes), None) or next((line for line in constructors if line), None)


def _code_of(source: str) -> str:
    """The source with blanks in place of what is no code; lines stay where they are."""

    def blank(match: re.Match[str]) -> str:
        text = match.group()
        return text if match["code"] else re.sub(r"[^\n]", " ", text)

    return NO_CODE.sub(blank, source)


@dataclass(frozen=True)
class _Header:
    """What stands before a block, outside of functions and classes. `scope` names the namespaces
    around it, `line` the one on which it begins."""

    text: str
    scope: str
    line: int


def _headers(code: str) -> Iterator[_Header]:
    """The header of each block that lies in namespaces only."""
    scopes: list[str | None] = []  # names of namespaces; None for any other block
    start, line = 0, 1  # of what comes before the next brace or semicolon
    for mark in re.finditer(r"[{};]", code):
        before = code[start : mark.start()]
        text = before.lstrip()
        line += before[: len(before) - len(text)].count("\n")
        if mark.group() == "{":
            if len(scopes) == DEEPEST:
                return
            named = NAMESPACE.fullmatch(text)
            inside = None in scopes
            if not inside and named is None and len(text) <= LONGEST_HEADER:
                yield _Header(text, "::".join(filter(None, scopes)), line)
            scopes.append(named.group(1) if named and not inside else None)
        elif mark.group() == "}" and scopes:
            scopes.pop()
        line += text.count("\n")
        start = mark.end()


def _function(header: _Header, namespace: str, wanted: str, name: str) -> int | None:
    """The line of `name` if the header is of the function `wanted`, "f" or "T::T", of that
    namespace."""
    for match in re.finditer(rf"\b{re.escape(name)}\s*\(", header.text):
        before, end = header.text[: match.start()], _closed(header.text, match.end())
        qualifier = QUALIFIER.search(before)
        spelled = "".join(f"{qualifier.group() if qualifier else ''}{name}".split())
        full = f"{header.scope}::{spelled}".removeprefix("::")
        if end is None or full != f"{namespace}::{wanted}" or LONE_COLON.search(before):
            continue
        after = header.text[end:]
        is_class = wanted != name
        if BEFORE_BODY.fullmatch(after) or (is_class and INITIALIZERS.fullmatch(after)):
            return header.line + before.count("\n")
    return None


def _class(header: _Header, namespace: str, name: str) -> int | None:
    match = re.search(
        rf"\b(?:class|struct)\s+({name})\s*(?:final\s*)?(?::(?!:).*)?$", header.text, re.DOTALL
    )
    if match is None or header.scope != namespace:
        return None
    return header.line + header.text.count("\n", 0, match.start(1))


def _closed(text: str, start: int) -> int | None:
    """Where the parenthesis is closed that was opened just before `start`."""
    depth = 1
    for mark in re.finditer(r"[()]", text[start:]):
        depth += 1 if mark.group() == "(" else -1
        if depth == 0:
            return start + mark.end()
    return None
