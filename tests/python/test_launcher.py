"""How `./lab` sets a machine up: a copy of it, with every tool that it calls replaced or chosen.

The stand-ins for Python, dpkg, apt and sudo write down each call, so a test is fast, needs no
network and sees exactly what would have happened to the machine.
"""

from __future__ import annotations

import contextlib
import os
import pty
import re
import shutil
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

TOOLS = [
    "awk",
    "bash",
    "env",
    "flock",
    "grep",
    "ln",
    "mkdir",
    "readlink",
    "rm",
    "sed",
    "sha256sum",
    "tail",
    "tr",
]

STAND_INS = {
    # The interpreter: answers the version check, makes a venv, "installs", and is the program.
    "python3.12": """
        case "$*" in
          *"-m venv "*)
            echo venv >>"$CALLS"
            mkdir -p "${@: -1}/bin"; ln -s "$0" "${@: -1}/bin/python" ;;
          *"-m pip "*)
            echo "pip $(grep -o '^[a-z-]*==' "${@: -1}" | tr -d '=\\n')" >>"$CALLS"
            [[ ${PIP-works} != killed && ${PIP-works} != orphaned ]] || kill -9 $PPID
            [[ ${PIP-works} != orphaned ]] || { read -r <"$RELEASE"; echo orphan >>"$CALLS"; }
            [[ ${PIP-works} != fails ]] || { echo "no route to host"; exit 1; } ;;
          *"-m rooflab"*)
            shift 3; echo "program: $*"; echo "in: $PWD"
            echo "Python: home=${PYTHONHOME-} path=$PYTHONPATH"
            exit "${PROGRAM_EXIT-0}" ;;
        esac""",
    "dpkg-query": """
        for name in "${@:4}"; do grep -h " $name$" "$INSTALLED" || missing=1; done
        exit ${missing-0}""",
    "apt-get": """
        shift 2; echo "apt-get $*" >>"$CALLS"
        [[ $1 != install || ${APT-works} == works ]] || { echo "E: the archive is gone"; exit 100; }
        for name in "${@:4}"; do echo "ii  $name" >>"$INSTALLED"; done""",
    "id": '[[ $1 == -un ]] && echo ada || echo "${USER_ID-0}"',
    "sudo": """
        [[ ${SUDO-works} == works ]] || exit 1
        [[ $1 != -n ]] || shift
        [[ $1 != true ]] || exit 0
        echo sudo >>"$CALLS"
        exec "$@" """,
    "cmake": "",
    "c++": "",
}

PACKAGES = """\
# The packages.
[student]
g++          # compiles
ninja-build  # builds

[developer]
clang        # lints
"""

LOCK = """\
# The lock.

# [student]
alpha==1.0 \\
    --hash=sha256:00
# [developer]
beta==2.0 \\
    --hash=sha256:11
"""


class Machine:
    """A machine with the launcher on it; `calls` is what was done to it, in order."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            where = shutil.which(tool)
            assert where is not None
            (self.bin / tool).symlink_to(where)
        for name, script in STAND_INS.items():
            self.add(name, script)
        self.installed = folder / "installed"
        self.installed.write_text("ii  g++\nii  ninja-build\n")
        self._calls = folder / "calls"
        self.root = folder / "my labs" / "rooflab"  # a space, as people have them
        (self.root / "grader" / "rooflab").mkdir(parents=True)
        (self.root / ".ci").mkdir()
        shutil.copy(PROJECT / "lab", self.root)
        shutil.copy(PROJECT / ".ci" / "run", self.root / ".ci")
        (self.root / "grader" / "apt-packages.txt").write_text(PACKAGES)
        (self.root / "requirements.lock").write_text(LOCK)

    def add(self, name: str, script: str) -> None:
        (self.bin / name).write_text(f"#!/bin/bash\n{script}\n")
        (self.bin / name).chmod(0o755)

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        ours = {"PATH": self.bin, "CALLS": self._calls, "INSTALLED": self.installed}
        return {name: str(value) for name, value in ours.items()} | dict(settings)

    def lab(
        self, *arguments: str, program: Path | None = None, cwd: Path | None = None, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program or self.root / "lab", *arguments],
            cwd=cwd,
            env=self.environment(settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def lab_on_a_terminal(self, answer: str, **settings: str) -> tuple[int, str]:
        """Exit status and what the terminal showed."""
        ours, theirs = pty.openpty()
        os.write(ours, f"{answer}\n".encode())
        done = subprocess.run(
            [self.root / "lab", "doctor"],
            env=self.environment(settings),
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            check=False,
        )
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # which is how a terminal says that all was read
            while chunk := os.read(ours, 65536):
                shown += chunk
        os.close(ours)
        return done.returncode, shown.decode()

    def calls(self) -> list[str]:
        """What was done since the last look."""
        done = self._calls.read_text().splitlines() if self._calls.exists() else []
        self._calls.unlink(missing_ok=True)
        return done


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def ready(machine: Machine) -> Machine:
    assert machine.lab("doctor").returncode == 0
    machine.calls()
    return machine


INSTALL_GXX = "apt-get install --no-install-recommends g++\n"


def without_gxx(machine: Machine) -> Machine:
    machine.installed.write_text("ii  ninja-build\n")
    return machine


class TestVirtualEnvironment:
    def test_the_first_start_makes_it_and_runs_the_command(self, machine: Machine) -> None:
        done = machine.lab("grade", "02", "--json", "a b")
        assert done.stdout.startswith("program: grade 02 --json a b\n")
        assert machine.calls() == ["venv", "pip alpha"]

    def test_a_second_start_installs_nothing_and_says_nothing(self, ready: Machine) -> None:
        assert ready.lab("doctor").stderr == ""
        assert ready.calls() == []

    def test_the_programs_exit_status_is_passed_on(self, ready: Machine) -> None:
        assert ready.lab("test", "01", PROGRAM_EXIT="1").returncode == 1

    def test_a_symlink_from_another_folder_works_and_stays_there(
        self, machine: Machine, tmp_path: Path
    ) -> None:
        link = tmp_path / "link"
        link.symlink_to(machine.root / "lab")
        assert f"in: {tmp_path}\n" in machine.lab("doctor", program=link, cwd=tmp_path).stdout

    def test_an_outer_python_environment_does_not_reach_the_program(self, ready: Machine) -> None:
        done = ready.lab("doctor", PYTHONPATH="/elsewhere", PYTHONHOME="/elsewhere")
        assert f"Python: home= path={ready.root}/grader\n" in done.stdout

    def test_a_half_made_one_is_replaced(self, machine: Machine) -> None:
        leftover = machine.root / ".venv" / "lib" / "half"
        leftover.mkdir(parents=True)
        machine.lab("doctor")
        assert not leftover.exists()
        assert machine.calls() == ["venv", "pip alpha"]

    @pytest.mark.parametrize("command", ["doctor", "selftest"])
    def test_a_kill_during_the_install_is_repaired(self, machine: Machine, command: str) -> None:
        assert machine.lab("--yes", command, PIP="killed").returncode == -9
        machine.calls()
        assert machine.lab("doctor").returncode == 0
        assert machine.calls() == ["venv", "pip alpha"]

    def test_a_start_after_a_kill_waits_for_an_orphaned_pip(
        self, machine: Machine, tmp_path: Path
    ) -> None:
        release = tmp_path / "release"
        os.mkfifo(release)
        machine.lab("doctor", PIP="orphaned", RELEASE=str(release))
        with subprocess.Popen(
            [machine.root / "lab", "doctor"],
            env=machine.environment({}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as second:
            assert second.stderr is not None
            first_words = second.stderr.readline()
            release.write_text("go on\n")
            second.stderr.read()
        assert first_words == "lab: another ./lab is setting up: waiting for it\n"
        assert machine.calls() == ["venv", "pip alpha", "orphan", "venv", "pip alpha"]

    def test_a_kill_while_the_developer_group_is_added_is_repaired(self, ready: Machine) -> None:
        ready.lab("--yes", "selftest", PIP="killed")
        ready.calls()
        ready.lab("doctor")
        assert ready.calls() == ["venv", "pip alpha"]

    def test_a_failed_install_shows_why_and_is_tried_again(self, machine: Machine) -> None:
        done = machine.lab("doctor", PIP="fails")
        assert done.returncode == 3
        assert "no route to host" in done.stderr
        assert "run ./lab again" in done.stderr
        assert machine.lab("doctor").returncode == 0

    def test_a_changed_lock_makes_it_anew(self, ready: Machine) -> None:
        (ready.root / "requirements.lock").write_text(LOCK.replace("1.0", "1.1"))
        ready.lab("doctor")
        assert ready.calls() == ["venv", "pip alpha"]

    def test_a_moved_folder_makes_it_anew(self, ready: Machine) -> None:
        ready.root = ready.root.rename(ready.root.with_name("moved"))
        ready.lab("doctor")
        assert ready.calls() == ["venv", "pip alpha"]

    def test_another_interpreter_behind_the_same_name_makes_it_anew(self, ready: Machine) -> None:
        name = ready.bin / "python3.12"
        name.rename(ready.bin / "python-newer")
        name.symlink_to(ready.bin / "python-newer")
        ready.lab("doctor")
        assert ready.calls() == ["venv", "pip alpha"]

    def test_starts_at_once_take_turns_and_install_once(self, machine: Machine) -> None:
        starts = [
            subprocess.Popen(
                [machine.root / "lab", "doctor"],
                env=machine.environment({}),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for _ in range(4)
        ]
        assert [start.wait() for start in starts] == [0, 0, 0, 0]
        assert machine.calls() == ["venv", "pip alpha"]

    def test_without_a_usable_python_it_names_what_to_install(self, machine: Machine) -> None:
        machine.add("python3.12", "exit 1")
        done = machine.lab("doctor")
        assert done.returncode == 3
        assert "apt-get install python3 python3-venv" in done.stderr

    def test_a_folder_that_cannot_be_written_is_named(self, machine: Machine) -> None:
        (machine.root / "build").write_text("a file in the way, which stops root too")
        done = machine.lab("doctor")
        assert done.returncode == 3
        assert f"chown -R ada {machine.root}" in done.stderr


class TestSetUp:
    def test_it_installs_what_is_missing_without_asking_and_runs_nothing(
        self, machine: Machine
    ) -> None:
        done = without_gxx(machine).lab("--set-up")
        assert (done.returncode, done.stdout) == (0, "ready\n")
        assert machine.calls() == [
            "apt-get update",
            "apt-get install -y --no-install-recommends g++",
            "venv",
            "pip alpha",
        ]

    def test_with_everything_in_place_it_only_says_so(self, ready: Machine) -> None:
        done = ready.lab("--set-up")
        assert (done.returncode, done.stdout, done.stderr) == (0, "ready\n", "")
        assert ready.calls() == []

    def test_a_failed_install_is_no_set_up(self, machine: Machine) -> None:
        done = machine.lab("--set-up", PIP="fails")
        assert (done.returncode, done.stdout) == (3, "")


class TestVenvElsewhere:
    """ROOFLAB_VENV, as an image has it: set up from three files, used from another folder."""

    @pytest.fixture
    def venv(self, tmp_path: Path) -> Path:
        return tmp_path / "opt" / "rooflab venv"

    def test_another_copy_of_the_course_finds_it_ready(self, machine: Machine, venv: Path) -> None:
        machine.lab("--set-up", ROOFLAB_VENV=str(venv))
        machine.calls()
        shutil.copytree(machine.root, machine.root.with_name("mounted"))
        machine.root = machine.root.with_name("mounted")
        done = machine.lab("doctor", ROOFLAB_VENV=str(venv))
        assert (done.returncode, done.stderr, machine.calls()) == (0, "", [])
        assert not (machine.root / ".venv").exists()

    def test_a_name_from_here_is_the_same_folder_from_anywhere(
        self, machine: Machine, tmp_path: Path
    ) -> None:
        machine.lab("--set-up", cwd=tmp_path, ROOFLAB_VENV="opt/../venv")
        machine.calls()
        assert machine.lab("doctor", ROOFLAB_VENV=str(tmp_path / "venv")).returncode == 0
        assert machine.calls() == []

    def test_a_moved_one_is_made_anew(self, machine: Machine, venv: Path) -> None:
        machine.lab("--set-up", ROOFLAB_VENV=str(venv))
        machine.calls()
        venv.rename(venv.with_name("moved"))
        venv.with_name("moved.lock").touch()
        machine.lab("doctor", ROOFLAB_VENV=str(venv.with_name("moved")))
        assert machine.calls() == ["venv", "pip alpha"]

    def test_the_courses_own_stays_as_it_is(self, ready: Machine, venv: Path) -> None:
        ready.lab("--set-up", ROOFLAB_VENV=str(venv))
        assert ready.calls() == ["venv", "pip alpha"]
        assert ready.lab("doctor").returncode == 0
        assert ready.lab("doctor", ROOFLAB_VENV=str(venv)).returncode == 0
        assert ready.calls() == []

    def test_a_kill_during_the_install_is_repaired(self, machine: Machine, venv: Path) -> None:
        assert machine.lab("--set-up", PIP="killed", ROOFLAB_VENV=str(venv)).returncode == -9
        machine.calls()
        assert machine.lab("--set-up", ROOFLAB_VENV=str(venv)).returncode == 0
        assert machine.calls() == ["venv", "pip alpha"]

    def test_two_copies_that_share_it_take_turns_and_install_once(
        self, machine: Machine, venv: Path
    ) -> None:
        other = machine.root.with_name("other")
        shutil.copytree(machine.root, other)
        starts = [
            subprocess.Popen(
                [root / "lab", "doctor"],
                env=machine.environment({"ROOFLAB_VENV": str(venv)}),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for root in (machine.root, other, machine.root, other)
        ]
        assert [start.wait() for start in starts] == [0, 0, 0, 0]
        assert machine.calls() == ["venv", "pip alpha"]

    def test_a_folder_that_it_did_not_make_is_left_alone(
        self, machine: Machine, tmp_path: Path
    ) -> None:
        home = tmp_path / "home"
        home.mkdir()
        (home / "thesis.txt").touch()
        done = machine.lab("--set-up", ROOFLAB_VENV=str(home))
        assert done.returncode == 3
        assert f"{home}, which ./lab did not make" in done.stderr
        assert (home / "thesis.txt").exists()

    def test_a_folder_that_cannot_be_made_is_named(self, machine: Machine, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        done = machine.lab("--set-up", ROOFLAB_VENV=str(tmp_path / "file" / "venv"))
        assert done.returncode == 3
        assert f"{tmp_path}/file/venv, which cannot be made" in done.stderr


class TestGroups:
    def test_selftest_adds_the_developer_group(self, ready: Machine) -> None:
        ready.lab("--yes", "selftest")
        assert ready.calls() == [
            "apt-get update",
            "apt-get install -y --no-install-recommends clang",
            "pip alphabeta",
        ]

    def test_a_student_command_after_selftest_installs_nothing(self, machine: Machine) -> None:
        machine.lab("--yes", "selftest")
        machine.calls()
        machine.lab("doctor")
        assert machine.calls() == []

    def test_ci_runs_the_self_test_on_a_bare_clone_without_asking(self, machine: Machine) -> None:
        machine.installed.write_text("")
        done = machine.lab(program=machine.root / ".ci" / "run")
        assert done.stdout.startswith("program: selftest\n")
        assert machine.calls()[1].endswith(" g++ ninja-build clang")


class TestSystemPackages:
    def test_without_a_terminal_it_says_the_exact_command(self, machine: Machine) -> None:
        done = without_gxx(machine).lab("doctor")
        assert done.returncode == 3
        assert INSTALL_GXX in done.stderr
        assert "compiles" in done.stderr
        assert machine.calls() == []

    @pytest.mark.parametrize(("arguments", "ci"), [(["--yes"], "false"), ([], "true")])
    def test_yes_or_ci_installs_exactly_what_is_missing(
        self, machine: Machine, arguments: list[str], ci: str
    ) -> None:
        done = without_gxx(machine).lab(*arguments, "doctor", CI=ci)
        assert done.stdout.startswith("program: doctor\n")
        assert machine.calls()[:2] == [
            "apt-get update",
            "apt-get install -y --no-install-recommends g++",
        ]

    @pytest.mark.parametrize(("status", "missing"), [("hi ", False), ("rc ", True), ("iU ", True)])
    def test_a_package_counts_when_it_is_installed_and_configured(
        self, machine: Machine, status: str, missing: bool
    ) -> None:
        machine.installed.write_text(f"ii  ninja-build\n{status} g++\n")
        assert machine.lab("doctor").returncode == (3 if missing else 0)

    def test_without_root_or_sudo_it_says_the_exact_command(self, machine: Machine) -> None:
        (machine.bin / "sudo").unlink()
        done = without_gxx(machine).lab("--yes", "doctor", USER_ID="1000")
        assert done.returncode == 3
        assert f"sudo {INSTALL_GXX}" in done.stderr
        assert machine.calls() == []

    def test_a_sudo_that_wants_a_password_is_not_waited_for(self, machine: Machine) -> None:
        done = without_gxx(machine).lab("--yes", "doctor", USER_ID="1000", SUDO="asks")
        assert done.returncode == 3
        assert "takes an administrator" in done.stderr
        assert f"sudo {INSTALL_GXX}" in done.stderr

    def test_without_root_it_installs_through_sudo(self, machine: Machine) -> None:
        without_gxx(machine).lab("--yes", "doctor", USER_ID="1000")
        assert machine.calls()[:2] == ["sudo", "apt-get update"]

    def test_on_a_terminal_enter_means_yes(self, machine: Machine) -> None:
        status, shown = without_gxx(machine).lab_on_a_terminal("")
        assert status == 0
        assert "[Y/n]" in shown

    def test_on_a_terminal_no_means_no(self, machine: Machine) -> None:
        status, shown = without_gxx(machine).lab_on_a_terminal("n")
        assert status == 3
        assert INSTALL_GXX.strip() in shown
        assert machine.calls() == []

    def test_a_failed_install_shows_why_and_what_to_type(self, machine: Machine) -> None:
        done = without_gxx(machine).lab("--yes", "doctor", APT="fails")
        assert done.returncode == 3
        assert "E: the archive is gone" in done.stderr
        assert INSTALL_GXX in done.stderr

    def test_without_dpkg_it_says_once_what_is_needed_and_goes_on(self, machine: Machine) -> None:
        (machine.bin / "dpkg-query").unlink()
        first, second = machine.lab("doctor"), machine.lab("doctor")
        assert "ninja-build" in first.stderr
        assert (first.returncode, second.returncode, second.stderr) == (0, 0, "")

    @pytest.mark.parametrize("tool", ["c++", "cmake"])
    def test_without_dpkg_and_a_tool_it_stops(self, machine: Machine, tool: str) -> None:
        (machine.bin / "dpkg-query").unlink()
        (machine.bin / tool).unlink()
        done = machine.lab("doctor")
        assert done.returncode == 3
        assert f"There is no {tool}" in done.stderr


def locked(group: str) -> dict[str, str]:
    """Package → its lines, in one section of requirements.lock."""
    section = (PROJECT / "requirements.lock").read_text().split(f"# [{group}]\n")[1].split("# [")[0]
    entries = re.findall(r"^([a-z0-9-]+)(==.*(?:\n .*)*)", section, flags=re.MULTILINE)
    return dict(entries)


class TestLock:
    def test_it_covers_what_pyproject_names(self) -> None:
        project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
        developer = [name.split("==")[0] for name in project["optional-dependencies"]["developer"]]
        assert set(project["dependencies"]) <= locked("student").keys()
        assert set(developer) <= locked("developer").keys()

    def test_a_package_is_in_one_group(self) -> None:
        assert not locked("student").keys() & locked("developer").keys()

    def test_every_package_has_hashes(self) -> None:
        entries = locked("student") | locked("developer")
        assert [name for name, lines in entries.items() if "--hash=sha256:" not in lines] == []

    def test_it_names_no_address(self) -> None:
        text = (PROJECT / "requirements.lock").read_text()
        assert not re.search(r"://|^-|--(?!hash=)|\.(org|com)\b", text, flags=re.MULTILINE)


def test_every_system_package_says_why_it_is_needed() -> None:
    lines = (PROJECT / "grader" / "apt-packages.txt").read_text().splitlines()
    packages = [line for line in lines if line and line[0] not in "#["]
    assert [line for line in packages if not re.fullmatch(r"\S+ +# \S.*", line)] == []
