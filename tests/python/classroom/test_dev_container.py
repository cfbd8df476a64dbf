"""The dev container, as far as it can be tried without a container engine; tests/fresh/run carries
out the steps of its Dockerfile in an empty Debian."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
FOLDER = PROJECT / ".devcontainer"
# What the specification (containers.dev, devContainer.base.schema.json) allows of each key that we
# may use.
LIFECYCLE = (str, list, dict)
KEYS: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "build": dict,
    "remoteUser": str,
    "containerEnv": dict,
    "onCreateCommand": LIFECYCLE,
    "updateContentCommand": LIFECYCLE,
    "postCreateCommand": LIFECYCLE,
    "capAdd": list,
    "hostRequirements": dict,
    "customizations": dict,
}
BUILD_KEYS = {"dockerfile", "context", "target", "args", "cacheFrom", "options"}
SIZE = re.compile(r"\d+([tgmk]b)?")


def settings() -> dict[str, object]:
    """It is JSON with comments; ours stand on lines of their own."""
    text = (FOLDER / "devcontainer.json").read_text(encoding="utf-8")
    found: dict[str, object] = json.loads(re.sub(r"^ *//.*$", "", text, flags=re.MULTILINE))
    return found


def steps() -> list[tuple[str, str]]:
    """As tests/fresh/run reads the Dockerfile: "RUN", "apt-get …"."""
    call = f"source {PROJECT / 'tests/fresh/run'}; dockerfile_steps <{FOLDER / 'Dockerfile'}"
    done = subprocess.run(["bash", "-c", call], capture_output=True, text=True, check=True)
    words = [line.partition(" ") for line in done.stdout.splitlines()]
    return [(step, rest) for step, _, rest in words]


def test_its_settings_follow_the_specification() -> None:
    found = settings()
    assert set(found) <= set(KEYS)
    assert [name for name, value in found.items() if not isinstance(value, KEYS[name])] == []
    build, needs = found["build"], found["hostRequirements"]
    assert isinstance(build, dict)
    assert set(build) <= BUILD_KEYS
    assert (FOLDER / build["dockerfile"]).is_file()
    assert (FOLDER / build["context"]).resolve() == PROJECT
    assert isinstance(needs, dict)
    assert isinstance(needs["cpus"], int)
    assert SIZE.fullmatch(needs["memory"])


def test_its_user_is_not_root_and_is_made_by_the_dockerfile() -> None:
    user = settings()["remoteUser"]
    assert any(step == "RUN" and f"/bin/bash {user} " in rest for step, rest in steps())
    assert [rest for step, rest in steps() if step == "USER"] == [user]


def test_the_image_is_set_up_by_the_launcher_from_the_lists_alone() -> None:
    copied = [word for step, rest in steps() if step == "COPY" for word in rest.split()[1:-1]]
    assert sorted(copied) == ["grader/apt-packages.txt", "lab", "requirements.lock"]
    assert all((PROJECT / name).is_file() for name in copied)
    assert steps()[-1] == ("RUN", "/opt/rooflab/set-up/lab --set-up")
    assert ("ENV", "ROOFLAB_VENV=/opt/rooflab/venv") in steps()


@pytest.mark.parametrize(("of_lab", "status"), [(0, 0), (1, 0), (3, 1), (2, 1)])
def test_stubs_that_fail_make_a_container_and_a_broken_set_up_does_not(
    tmp_path: Path, of_lab: int, status: int
) -> None:
    (tmp_path / "lab").write_text(f"#!/bin/sh\nexit {of_lab}\n", encoding="utf-8")
    (tmp_path / "lab").chmod(0o755)
    command = settings()["updateContentCommand"]
    assert isinstance(command, str)
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False)
    assert done.returncode == status
