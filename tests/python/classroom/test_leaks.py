"""A leak of each kind, planted into the tree that students would get, is found; nothing else is."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from rooflab.classroom import leaks
from rooflab.classroom.leaks import Secrets, find_leaks, given_lines, secrets_of
from rooflab.classroom.tree import File, Tree, student_tree
from rooflab.course.course import Course

ROOT = Path(__file__).resolve().parents[3]
REAL = Course(ROOT)


@pytest.fixture(scope="module")
def secrets() -> Secrets:
    return secrets_of(REAL)


@pytest.fixture(scope="module")
def tree() -> Tree:
    return student_tree(REAL, REAL.labs)


def line_of(path: str, holding: str) -> str:
    return next(x for x in (ROOT / path).read_text("utf-8").splitlines() if holding in x)


SOLUTION = line_of("solutions/03_simd/kernels.cpp", "_mm256_fmadd_ps")
OTHERS = {
    "solution": SOLUTION,
    "hidden test": line_of("grader/hidden/02_blocking/tests.cpp", "47, 95, 97"),
    "hidden promise": line_of("grader/hidden/promises/relu.h", "limit ="),
    "mutant": line_of(
        "grader/hidden/operations/relu/"
        + next(
            path.name for path in sorted((ROOT / "grader/hidden/operations/relu").glob("*.cpp"))
        ),
        "mistake:",
    ),
    "stage": line_of(
        next(
            path.relative_to(ROOT).as_posix()
            for path in sorted((ROOT / "grader/hidden/02_blocking/stages").rglob("*.cpp"))
        ),
        "earns:",
    ),
    "instructor's page": max(
        (ROOT / "handouts/instructor/02_blocking.md").read_text("utf-8").splitlines(), key=len
    ),
    "answer": 'saxpy  =  "memory"',
}


def test_the_student_tree_has_no_leak(tree: Tree, secrets: Secrets) -> None:
    assert find_leaks(tree, secrets) == []
    assert secrets.files > 500
    assert len(secrets.lines) > 3000
    assert len(secrets.names) > 20


@pytest.mark.parametrize("kind", OTHERS)
def test_a_line_of_each_kind_is_found(kind: str, tree: Tree, secrets: Secrets) -> None:
    page = tree["handouts/01_baseline.md"].content + f"\n{OTHERS[kind]}\n".encode()
    (leak,) = find_leaks({"handouts/01_baseline.md": File(page)}, secrets)
    assert leak.line == page.count(b"\n")
    assert OTHERS[kind].strip()[:30].split()[0] in leak.secret


HIDING: dict[str, Callable[[str], bytes]] = {
    "commented out": lambda line: f"// {line.strip()}\n".encode(),
    "laid out anew": lambda line: line.strip().replace(" ", "  \n  ").encode(),
    "behind other code": lambda line: f"int x; {line.strip()} int y;".encode(),
    "in a notebook": lambda line: json.dumps({"source": [f"{line}\n", 'print("x")\n']}).encode(),
    "in data, escaped": lambda line: (
        json.dumps({"kernel": f'say("hi");\n{line}'}, ensure_ascii=True)
        .replace("<", "\\u003c")
        .encode()
    ),
    "in a drawing": lambda line: f"<svg><title>{html.escape(line)}</title></svg>".encode(),
    "in base64": lambda line: base64.b64encode(b"// so that it is long enough\n" + line.encode()),
    "in base64, wrapped": lambda line: base64.encodebytes(b"x" * 50 + line.encode()),
    "in base64 behind a word": lambda line: b"png" + base64.b64encode(b"x" * 30 + line.encode()),
    "in two bytes per character": lambda line: line.encode("utf-16"),
    "in colours": lambda line: "".join(f"\x1b[31m{c}\x1b[0m" for c in line).encode(),
    "in a page with tags": lambda line: "".join(
        f"<i class='k'>{html.escape(c)}</i>" for c in line
    ).encode(),
    "in a link": lambda line: f"data:text/plain,{quote(line)}".encode(),
    "in bytes": lambda line: b"\0\xff" + line.encode() + b"\0",
}


@pytest.mark.parametrize("how", HIDING)
def test_a_line_is_found_however_it_is_written(how: str, secrets: Secrets) -> None:
    found = find_leaks({"handouts/data.json": File(HIDING[how](SOLUTION))}, secrets)
    assert found, how
    assert "solutions/03_simd/kernels.cpp" in found[0].secret


def test_lines_of_solutions_are_found_wherever_they_are_planted(
    tree: Tree, secrets: Secrets
) -> None:
    choose = random.Random(1)
    told = [t for t in secrets.lines.values() if " of solutions/" in t]
    names = [name for name in tree if not name.endswith(".bin")]
    for secret in choose.sample(told, 60):
        line, name = secret.partition(": ")[2], choose.choice(names)
        lines = tree[name].content.decode().split("\n")
        lines.insert(choose.randrange(len(lines) + 1), f"    {line}")
        assert find_leaks({name: File("\n".join(lines).encode())}, secrets), (name, line)


@pytest.mark.parametrize(
    "written", ["crosses every tile border", "crosses_every_tile_border", "CrossesEveryTileBorder"]
)
def test_the_name_of_a_hidden_test_is_found(written: str, secrets: Secrets) -> None:
    (leak,) = find_leaks({"docs/x.md": File(f"a\nb {written} c\n".encode())}, secrets)
    assert str(leak) == 'docs/x.md:2: the hidden test "crosses every tile border" of lab 02'


def blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


@pytest.mark.parametrize(
    "digest",
    [
        lambda content: hashlib.sha256(content).hexdigest(),
        lambda content: hashlib.md5(content).hexdigest().upper(),
        blob,
        lambda content: blob(content)[:12],
        lambda content: f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}",
    ],
)
def test_a_hash_of_a_hidden_file_is_found(digest: Callable[[bytes], str], secrets: Secrets) -> None:
    content = (ROOT / "solutions/01_baseline/kernels.cpp").read_bytes()
    (leak,) = find_leaks({"x.json": File(f'"{digest(content)}"'.encode())}, secrets)
    assert leak.secret == "a hash of solutions/01_baseline/kernels.cpp"


@pytest.mark.parametrize(
    ("name", "content"),
    [("figures.gz", gzip.compress(SOLUTION.encode())), ("module.pyc", b"\xcb\r\r\n")],
)
def test_what_cannot_be_looked_into_counts_as_a_leak(
    name: str, content: bytes, secrets: Secrets
) -> None:
    (leak,) = find_leaks({name: File(content)}, secrets)
    assert "cannot be looked into" in leak.secret


def test_lines_that_students_may_have_are_told_once_and_are_needed(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = given_lines(REAL)
    assert len(given) == len(set(given))
    monkeypatch.setattr(leaks, "given_lines", lambda _: [])
    found = {leak.secret.partition(": ")[2] for leak in find_leaks(tree, secrets_of(REAL))}
    squeezed = {"".join(line.split()) for line in found}
    assert [line for line in given if "".join(line.split()) not in squeezed] == []
