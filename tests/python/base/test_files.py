"""A file is written whole or not at all; one that somebody else made is read with care."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import rooflab
from rooflab.base.errors import SetupError
from rooflab.base.files import read_start, write_atomically

ENVIRONMENT = {"PYTHONPATH": str(Path(rooflab.__file__).parents[1])}


def test_folders_are_made_on_the_way(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b.json", b"new")
    assert (tmp_path / "a" / "b.json").read_bytes() == b"new"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    (path / "in the way").mkdir(parents=True)
    with pytest.raises(SetupError, match=r"state\.json cannot be written"):
        write_atomically(path, b"new")
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(b"old")

    def interrupt(_path: Path, _mode: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "chmod", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert (link.read_bytes(), target.read_bytes()) == (b"new", b"old")


def test_a_device_is_written_into_not_replaced() -> None:
    reader, writer = os.pipe()
    before = Path("/dev/fd").stat()
    write_atomically(Path(f"/dev/fd/{writer}"), b"new")
    assert os.read(reader, 10) == b"new"
    assert Path("/dev/fd").stat().st_ino == before.st_ino
    os.close(reader)
    os.close(writer)


def test_standard_output_goes_on_in_the_file_that_it_was_sent_to(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from rooflab.base.files import write_atomically;"
        "print('before'); write_atomically(Path('/dev/stdout'), b'written\\n'); print('after')"
    )
    with (tmp_path / "log").open("wb") as log:
        subprocess.run([sys.executable, "-c", program], stdout=log, check=True, env=ENVIRONMENT)
    assert (tmp_path / "log").read_text() == "before\nwritten\nafter\n"


def test_a_file_is_read_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    assert read_start(path, 4) == b"0123"
    assert read_start(path, 100) == b"0123456789"


def make_link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def make_nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize("make", [make_nothing, make_link, os.mkfifo, Path.mkdir])
def test_what_is_no_regular_file_is_not_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "file")
    assert read_start(tmp_path / "file", 100) == b""
