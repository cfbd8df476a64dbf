"""A solution is published when nobody may hand in any more, and nobody's file is lost."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from example_walkthroughs import walkthrough

from rooflab.base.errors import SetupError, UsageError
from rooflab.base.files import write_atomically
from rooflab.base.progress import Progress, silent
from rooflab.classroom import publish as publishing
from rooflab.classroom.publish import Published, as_text
from rooflab.classroom.walkthrough import Walkthrough
from rooflab.course.course import Course, Lab

CLASS = """
time_zone = "Europe/Berlin"
[deadlines]
02 = 2026-11-20T23:59:00
[[extensions]]
student = "ada"
lab = "02"
until = 2026-11-23T12:00:00
[[extensions]]
student = "grace"
lab = "02"
until = 2026-11-25T12:00:00
[[extensions]]
student = "alan"
lab = "01"
until = 2026-11-25T18:00:00
"""
AFTER = datetime(2026, 11, 26, tzinfo=UTC)
SOLUTION = "void relu() {}\n"
PAGE = "solutions/02_blocking/walkthrough.html"
WRITTEN = (
    "solutions/02_blocking/kernels.cpp",
    "solutions/02_blocking/walkthrough.html",
    "solutions/README.md",
)
Publish = Callable[..., Published]


@pytest.fixture
def template(course: Course) -> Path:
    """A folder such as students get."""
    folder = course.root / "students"
    for name in ("01_baseline", "02_blocking"):
        (folder / "labs" / name).mkdir(parents=True)
        (folder / "labs" / name / "kernels.cpp").write_text("// TODO\n", encoding="utf-8")
    return folder


@pytest.fixture
def publish(course: Course, template: Path) -> Publish:
    """Publishes lab 02 of a course with deadlines; each time, other figures are measured."""
    times = itertools.count(1)
    for lab in course.labs:
        folder = course.root / "solutions" / lab.name
        folder.mkdir(parents=True)
        (folder / "kernels.cpp").write_text(SOLUTION, encoding="utf-8")
    deadlines = CLASS.replace("[deadlines]", "[deadlines]\n01 = 2026-10-01T00:00:00")
    (course.root / "class.toml").write_text(deadlines, encoding="utf-8")

    def measured(course: Course, lab: Lab, progress: Progress) -> Walkthrough:
        return walkthrough(took_s=next(times), solution=SOLUTION)

    def run(lab: str = "02", now: datetime = AFTER, **options: object) -> Published:
        options = {"measure": measured, **options}
        return publishing.publish(
            course,
            course.find(lab),
            template,
            silent,
            now,
            **options,  # type: ignore[arg-type]
        )

    return run


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def never(*_: object) -> Walkthrough:
    raise AssertionError("nothing may be measured")


@pytest.mark.parametrize(
    ("now", "still"),
    [
        (datetime(2026, 11, 20, 12, tzinfo=UTC), ["deadline", "ada", "grace"]),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), ["ada", "grace"]),
        (datetime(2026, 11, 24, 12, tzinfo=UTC), ["grace"]),
    ],
)
def test_while_a_date_is_open_nothing_is_written_and_each_is_named(
    publish: Publish, template: Path, now: datetime, still: list[str]
) -> None:
    before = files_of(template)
    with pytest.raises(UsageError) as raised:
        publish(now=now, measure=never)
    message = raised.value.message
    lines = {
        "deadline": "the deadline is open until 2026-11-20 23:59 CET (Europe/Berlin)",
        "ada": "the extension of ada is open until 2026-11-23 12:00 CET (Europe/Berlin)",
        "grace": "the extension of grace is open until 2026-11-25 12:00 CET (Europe/Berlin)",
    }
    assert [name for name, line in lines.items() if line in message] == still
    assert "alan" not in message
    assert "--force" in raised.value.help
    assert files_of(template) == before


def test_afterwards_solution_walkthrough_and_index_are_written(
    publish: Publish, template: Path
) -> None:
    published = publish()
    assert published.written == WRITTEN
    assert published.overridden == ()
    assert (template / WRITTEN[0]).read_text(encoding="utf-8") == SOLUTION
    assert "void relu() {}" in (template / PAGE).read_text(encoding="utf-8")
    index = (template / "solutions/README.md").read_text(encoding="utf-8")
    assert (
        "| 02 Lab of 02_blocking | [kernels.cpp](02_blocking/kernels.cpp) | "
        "[walkthrough.html](02_blocking/walkthrough.html) |\n" in index
    )
    text = as_text(published)
    assert f"written to {template}:\n    {WRITTEN[0]}\n" in text
    assert "measured in 1 s: 6 figures" in text


def test_force_says_what_it_overrides(publish: Publish, template: Path) -> None:
    published = publish(now=datetime(2026, 11, 24, 12, tzinfo=UTC), force=True)
    line = "the extension of grace is open until 2026-11-25 12:00 CET (Europe/Berlin)"
    assert published.overridden == (line,)
    assert as_text(published).startswith(f"--force overrides: {line}\n")
    assert (template / PAGE).exists()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "there is no class.toml: nobody knows until when lab 02 is open"),
        ('time_zone = "UTC"\n', "class.toml has no deadline of lab 02"),
    ],
)
def test_what_is_not_known_to_be_over_is_not_published(
    course: Course, publish: Publish, text: str | None, why: str
) -> None:
    file = course.root / "class.toml"
    file.unlink()
    if text:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        publish(measure=never)
    assert why in raised.value.message
    (overridden,) = publish(force=True).overridden
    assert overridden.startswith(why)


def test_a_class_file_that_is_named_must_be_there(course: Course, publish: Publish) -> None:
    with pytest.raises(SetupError, match="cannot be read"):
        publish(class_file=course.root / "none.toml", force=True, measure=never)


def test_another_class_file_can_be_named(course: Course, publish: Publish, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(CLASS.replace("2026-11-25", "2027-11-25").replace('"01"', '"02"'))
    with pytest.raises(UsageError, match="grace is open until 2027"):
        publish(class_file=other, measure=never)


def test_publishing_again_updates(publish: Publish, template: Path, course: Course) -> None:
    publish()
    first = (template / PAGE).read_bytes()
    better = "void relu() { better(); }\n"
    (course.root / "solutions/02_blocking/kernels.cpp").write_text(better, encoding="utf-8")
    publish()
    assert (template / PAGE).read_bytes() != first
    assert (template / WRITTEN[0]).read_text(encoding="utf-8") == better


def test_the_index_has_all_labs_that_are_there(publish: Publish, template: Path) -> None:
    publish()
    publish("01")
    rows = (template / "solutions/README.md").read_text(encoding="utf-8").splitlines()[-2:]
    assert [row[:4] for row in rows] == ["| 01", "| 02"]
    for file in (template / "solutions/02_blocking").iterdir():
        file.unlink()
    publish("01")
    text = (template / "solutions/README.md").read_text(encoding="utf-8")
    assert "02_blocking" not in text


@pytest.mark.parametrize("path", WRITTEN)
def test_a_file_that_somebody_else_wrote_is_kept(
    publish: Publish, template: Path, path: str
) -> None:
    (template / path).parent.mkdir(parents=True, exist_ok=True)
    (template / path).write_text("mine\n", encoding="utf-8")
    before = files_of(template)
    with pytest.raises(UsageError) as raised:
        publish(measure=never, force=True)
    assert path in raised.value.message
    assert files_of(template) == before


def test_a_published_file_that_somebody_changed_is_kept(publish: Publish, template: Path) -> None:
    publish()
    with (template / PAGE).open("a", encoding="utf-8") as file:
        file.write("<!-- a remark -->")
    with pytest.raises(UsageError, match=PAGE):
        publish(measure=never)
    assert (template / PAGE).read_text(encoding="utf-8").endswith("<!-- a remark -->")


def test_a_file_that_appears_while_it_is_measured_is_kept(publish: Publish, template: Path) -> None:
    def meanwhile(*_: object) -> Walkthrough:
        (template / PAGE).parent.mkdir(parents=True)
        (template / PAGE).write_text("mine\n", encoding="utf-8")
        return walkthrough()

    with pytest.raises(UsageError, match=PAGE):
        publish(measure=meanwhile)
    assert (template / PAGE).read_text(encoding="utf-8") == "mine\n"


@pytest.mark.parametrize("writes", range(5))
def test_a_second_run_repairs_what_a_crash_left(
    publish: Publish, template: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    """Ended after so many files, once with nothing there before and once while updating."""
    for _ in range(2):
        left = itertools.count(writes, -1)

        def interrupted(path: Path, content: bytes, left: Iterator[int] = left) -> None:
            if next(left) == 0:
                raise KeyboardInterrupt
            write_atomically(path, content)

        with monkeypatch.context() as patch:
            patch.setattr(publishing, "write_atomically", interrupted)
            with pytest.raises(KeyboardInterrupt):
                publish()
        publish()
        assert set(WRITTEN) <= files_of(template).keys()
    record = json.loads((template / "solutions/.published.json").read_bytes())
    assert {path: len(digests) for path, digests in record["files"].items()} == dict.fromkeys(
        WRITTEN, 1
    )


@pytest.mark.parametrize("name", ["solutions", "solutions/02_blocking", PAGE])
def test_nothing_is_written_through_a_link(
    publish: Publish, template: Path, tmp_path: Path, name: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = template / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere)
    with pytest.raises(UsageError, match="is a link"):
        publish(measure=never)
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_is_no_template_is_refused(publish: Publish, template: Path) -> None:
    (template / "grader/hidden").mkdir(parents=True)
    with pytest.raises(UsageError, match="instructor's copy"):
        publish(measure=never)
    (template / "labs").rename(template / "lab")
    with pytest.raises(UsageError, match="no students' template"):
        publish(measure=never)


def git(template: Path, *arguments: str) -> str:
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": "/dev/null"}
    identity = ("-c", "user.name=Teacher", "-c", "user.email=teacher@example.org")
    command = ["git", "-c", "core.hooksPath=/dev/null", *identity, *arguments]
    done = subprocess.run(
        command, cwd=template, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def repository(template: Path) -> Path:
    """The template in git, with changes that are staged, and others that are not."""
    git(template, "init", "-q", "-b", "main")
    git(template, "add", ".")
    git(template, "commit", "-q", "-m", "Begin")
    (template / "staged.txt").write_text("staged", encoding="utf-8")
    git(template, "add", "staged.txt")
    (template / "labs/01_baseline/kernels.cpp").write_text("// changed\n", encoding="utf-8")
    (template / "untracked.txt").write_text("untracked", encoding="utf-8")
    return template


def state_of(repository: Path) -> dict[str, bytes]:
    """HEAD, the index and the working tree; not what only a new branch adds."""
    found = files_of(repository)
    parts = (".git/objects/", ".git/refs/", ".git/logs/refs/heads/solution")
    kept = {path: content for path, content in found.items() if not path.startswith(parts)}
    return kept | {"main": git(repository, "rev-parse", "main").encode()}


def test_a_branch_has_one_commit_on_top_of_head(publish: Publish, repository: Path) -> None:
    published = publish(branch=True)
    assert git(repository, "rev-list", "main..solution-02").split() == [published.commit]
    changed = git(repository, "diff", "--name-status", "main", "solution-02").splitlines()
    record = "solutions/.published.json"
    assert changed == [f"A\t{path}" for path in sorted((record, *WRITTEN))]
    assert git(repository, "show", f"solution-02:{WRITTEN[0]}") == SOLUTION
    assert "branch solution-02, commit" in as_text(published)
    git(repository, "fsck", "--strict")


def test_a_branch_leaves_head_index_and_working_tree(publish: Publish, repository: Path) -> None:
    before = state_of(repository)
    publish(branch=True)
    assert state_of(repository) == before


def test_no_hook_filter_or_signature_of_the_repository_runs(
    publish: Publish, repository: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho $0 >>{mark}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    hooks = ("reference-transaction", "pre-commit", "post-commit", "post-index-change")
    for folder in (repository / ".git/hooks", tmp_path / "hooks"):
        folder.mkdir(exist_ok=True)
        for hook in hooks:
            (folder / hook).symlink_to(program)
    (repository / ".git/info").mkdir(exist_ok=True)
    (repository / ".git/info/attributes").write_text("* filter=evil\n", encoding="utf-8")
    for key, value in {
        "core.hooksPath": str(tmp_path / "hooks"),
        "core.fsmonitor": str(program),
        "filter.evil.clean": str(program),
        "filter.evil.required": "true",
        "commit.gpgSign": "true",
        "gpg.program": str(program),
        "core.pager": str(program),
    }.items():
        git(repository, "config", key, value)
    publish(branch=True)
    assert not mark.exists(), mark.read_text()
    assert git(repository, "show", f"solution-02:{WRITTEN[0]}") == SOLUTION


def test_a_second_publish_moves_the_branch(publish: Publish, repository: Path) -> None:
    first = publish(branch=True).commit
    git(repository, "commit", "-q", "-m", "More")
    second = publish(branch=True).commit
    assert first != second
    assert git(repository, "rev-list", "main..solution-02").split() == [second]


def test_a_branch_that_appears_while_it_is_measured_is_kept(
    publish: Publish, repository: Path
) -> None:
    def meanwhile(*_: object) -> Walkthrough:
        git(repository, "branch", "solution-02")
        return walkthrough()

    with pytest.raises(SetupError, match="update-ref"):
        publish(branch=True, measure=meanwhile)
    assert git(repository, "rev-list", "main..solution-02") == ""


def test_after_a_merge_publishing_updates(publish: Publish, repository: Path) -> None:
    publish(branch=True)
    git(repository, "commit", "-q", "-m", "Staged")
    git(repository, "merge", "-q", "-m", "Merge", "solution-02")
    publish(branch=True)
    assert git(repository, "diff", "--name-only", "main", "solution-02").splitlines() == [
        "solutions/.published.json",
        PAGE,
    ]
    publish()  # knows its files in the working tree, too
    publish("01", branch=True)
    index = git(repository, "show", "solution-01:solutions/README.md")
    assert [row[:4] for row in index.splitlines()[-2:]] == ["| 01", "| 02"]


def test_a_branch_with_other_commits_is_kept(publish: Publish, repository: Path) -> None:
    publish(branch=True)
    git(repository, "commit", "-q", "-m", "Staged")
    git(repository, "stash", "-q", "-u")
    git(repository, "switch", "-q", "solution-02")
    with pytest.raises(UsageError, match="is checked out"):
        publish(branch=True, measure=never)
    git(repository, "commit", "-q", "--allow-empty", "-m", "A remark")
    git(repository, "switch", "-q", "main")
    before = git(repository, "rev-parse", "solution-02")
    with pytest.raises(UsageError, match="publish did not make"):
        publish(branch=True, measure=never)
    assert git(repository, "rev-parse", "solution-02") == before


def test_a_file_in_head_that_somebody_else_wrote_is_kept(
    publish: Publish, repository: Path
) -> None:
    (repository / PAGE).parent.mkdir(parents=True)
    (repository / PAGE).write_text("mine", encoding="utf-8")
    git(repository, "add", PAGE)
    git(repository, "commit", "-q", "-m", "Mine")
    with pytest.raises(UsageError, match=PAGE):
        publish(branch=True, measure=never)
    assert "solution-02" not in git(repository, "branch")


def test_a_branch_needs_a_repository_with_a_commit(publish: Publish, template: Path) -> None:
    with pytest.raises(UsageError, match="not the top folder of a git repository"):
        publish(branch=True, measure=never)
    git(template, "init", "-q")
    with pytest.raises(UsageError, match="has no commit yet"):
        publish(branch=True, measure=never)
