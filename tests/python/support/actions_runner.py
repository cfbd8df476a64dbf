"""Plays GitHub's Actions runner, as far as our workflows use it: steps with their conditions and
expressions, the files and printed commands by which a step talks to the runner, and the actions
that we name. What it does not know is an AssertionError, so that a workflow which passes here
uses nothing that was not thought of.

Where it follows the real one: a printed command may have spaces before its `::`, the older form
`##[…]` counts anywhere in a line, and `::stop-commands::WORD` ends at `::WORD::`
(actions/runner, ActionCommand.cs and ActionCommandManager.cs). Steps share nothing but the
workspace, RUNNER_TEMP, and what the runner carries over.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

OUTPUT_LIMIT = 1 << 20  # of a job's outputs
SUMMARY_LIMIT = 1 << 20  # of each step
VARIABLE_LIMIT = 128 << 10  # of Linux, for one variable with its name (MAX_ARG_STRLEN)
NAMES = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "stop-commands"}
NAMES |= {"set-output", "set-env", "add-path", "save-state", "echo", "add-matcher"}
ISSUES = ("error", "warning", "notice")


@dataclass(frozen=True)
class Command:
    """One that a step printed, as the runner understood it."""

    name: str
    data: str
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Played:
    """What became of a job. `commands` are those that were obeyed, `log` all that was printed."""

    outcome: dict[str, str] = field(default_factory=dict)  # step's name → success, failure, skipped
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)  # step's id → its outputs
    commands: list[Command] = field(default_factory=list)
    summary: str = ""
    log: str = ""
    artifacts: dict[str, list[Path]] = field(default_factory=dict)
    saved: dict[str, Path] = field(default_factory=dict)  # the cache's key → what was kept
    totals: tuple[float, float, float] | None = None  # of the reporter: shown, reported, maximum

    @property
    def passed(self) -> bool:
        return "failure" not in self.outcome.values()

    @property
    def annotations(self) -> list[Command]:
        return [command for command in self.commands if command.name in ISSUES]


def load(path: Path) -> Any:
    """A workflow. YAML 1.2, so that the key `on` is no truth value."""
    return YAML(typ="safe", pure=True).load(path)


def play(
    workspace: Path,
    workflow: Any,
    job: str,
    temporary: Path,
    environment: Mapping[str, str],
    caches: Mapping[str, Path] | None = None,
    actor: str = "ada",
) -> Played:
    """Runs a job in a folder that is checked out already. `environment` is what steps begin with;
    `caches` what earlier runs have saved."""
    return _Runner(workspace, temporary, dict(environment), dict(caches or {}), actor).play(
        workflow["jobs"][job]
    )


class _Runner:
    def __init__(
        self,
        workspace: Path,
        temporary: Path,
        environment: dict[str, str],
        caches: dict[str, Path],
        actor: str,
    ) -> None:
        self.workspace, self.temp, self.caches = workspace, temporary / "temp", caches
        self.files = temporary / "files"
        self.store = temporary / "store"
        for folder in (self.temp, self.files, self.store):
            folder.mkdir(parents=True)
        self.environment = {"ImageOS": "ubuntu24", "ImageVersion": "20261101.1"} | environment
        self.environment |= {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(self.temp),
        }
        self.values = {
            "github.actor": actor,
            "github.ref": "refs/heads/main",
            "github.workflow": "played",
            "runner.os": "Linux",
            "runner.arch": "X64",
            "runner.temp": str(self.temp),
        }
        self.played = Played()
        self.failed = False

    def play(self, job: Any) -> Played:
        condition = job.get("if")
        if condition is not None and not self.evaluate(condition):
            return self.played
        for number, step in enumerate(job["steps"]):
            name = str(step.get("name") or step.get("uses"))
            identity = step.get("id", f"step-{number}")
            outcome = "skipped"
            if self.is_due(step.get("if")):
                self.played.outputs[identity] = {}
                outcome = "success" if self.step(step, identity) else "failure"
            self.failed |= outcome == "failure"
            self.played.outcome[name] = outcome
            self.values[f"steps.{identity}.outcome"] = outcome
        return self.played

    def is_due(self, condition: str | None) -> bool:
        """A condition that asks for no status is `success() && (…)`."""
        if condition is None:
            return not self.failed
        asks = re.search(r"\b(always|success|failure|cancelled)\(\)", condition)
        return (bool(asks) or not self.failed) and self.evaluate(condition)

    def step(self, step: Any, identity: str) -> bool:
        env = {name: self.expand(str(value)) for name, value in step.get("env", {}).items()}
        for name, value in env.items():
            length = len(f"{name}={value}".encode()) + 1
            assert length <= VARIABLE_LIMIT, f"{name}: {length} bytes do not fit into a variable"
        unknown = set(step) - {"name", "id", "if", "uses", "with", "env", "run"}
        assert not unknown, f"{unknown}: not played"
        if "run" in step:
            return self.run(self.expand(step["run"]), identity, env)
        action = step["uses"].partition("@")[0]
        given = {name: self.expand(str(value)) for name, value in step.get("with", {}).items()}
        return self.ACTIONS[action](self, given, identity, env)

    # --- What is between `${{` and `}}` ---

    def expand(self, text: str) -> str:
        return re.sub(r"\$\{\{(.*?)\}\}", lambda match: str(self.evaluate(match[1])), text)

    def evaluate(self, expression: str) -> Any:
        """One value, or a comparison of two with == or !=."""
        text = expression.strip()
        compared = re.fullmatch(r"(\S+) (==|!=) (\S+)", text)
        if compared:
            same = self.evaluate(compared[1]) == self.evaluate(compared[3])
            return same == (compared[2] == "==")
        if literal := re.fullmatch(r"'([^']*)'", text):
            return literal[1]
        functions = {"always()": True, "success()": not self.failed, "failure()": self.failed}
        if text in functions:
            return functions[text]
        if output := re.fullmatch(r"steps\.([\w-]+)\.outputs\.([\w-]+)", text):
            assert output[1] in self.played.outputs or self.failed, f"{text}: no such step yet"
            return self.played.outputs.get(output[1], {}).get(output[2], "")
        assert text in self.values, f"{text}: an expression that is not played"
        return self.values[text]

    # --- Steps that run a script ---

    def run(self, script: str, identity: str, env: Mapping[str, str]) -> bool:
        paths = {}
        for name in ("OUTPUT", "ENV", "STEP_SUMMARY", "PATH"):
            paths[name] = self.files / f"{identity}-{name}"
            paths[name].touch()
        file = self.files / f"{identity}.sh"
        file.write_text(script, encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", file],
            cwd=self.workspace,
            env={
                **self.environment,
                **env,
                **{f"GITHUB_{name}": str(path) for name, path in paths.items()},
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        printed = done.stdout.decode(errors="replace")
        self.played.log += printed
        self.obey(printed, identity)
        self.played.outputs[identity] |= assignments(paths["OUTPUT"].read_text("utf-8"))
        outputs = self.played.outputs[identity].values()
        assert sum(len(value.encode()) for value in outputs) <= OUTPUT_LIMIT
        self.environment |= assignments(paths["ENV"].read_text("utf-8"))
        for folder in paths["PATH"].read_text("utf-8").split():
            self.environment["PATH"] = f"{folder}:{self.environment['PATH']}"
        summary = paths["STEP_SUMMARY"].read_text("utf-8", errors="replace")
        assert len(summary.encode()) <= SUMMARY_LIMIT
        self.played.summary += summary
        return done.returncode == 0

    def obey(self, printed: str, identity: str) -> None:
        for command in parse(printed):
            self.played.commands.append(command)
            if command.name == "set-output":
                self.played.outputs[identity][command.properties["name"]] = command.data
            if command.name in ("set-env", "add-path"):
                self.failed = True  # the runner refuses them since 2020, and fails the step

    # --- Actions ---

    def checkout(self, given: Mapping[str, str], identity: str, env: Mapping[str, str]) -> bool:
        """The workspace is there already."""
        assert given == {"persist-credentials": "False"}
        return True

    def restore(self, given: Mapping[str, str], identity: str, env: Mapping[str, str]) -> bool:
        """The exact key, or nothing: as without `restore-keys`."""
        assert set(given) == {"path", "key"}
        hit = given["key"] in self.caches
        if hit:
            for name in given["path"].split():
                kept = self.caches[given["key"]] / name
                if kept.exists():
                    shutil.copytree(kept, self.workspace / name, symlinks=True, dirs_exist_ok=True)
        self.played.outputs[identity]["cache-hit"] = "true" if hit else ""
        return True

    def save(self, given: Mapping[str, str], identity: str, env: Mapping[str, str]) -> bool:
        assert set(given) == {"path", "key"}
        kept = self.store / str(len(self.played.saved))
        kept.mkdir()
        for name in given["path"].split():
            if (self.workspace / name).exists():
                shutil.copytree(self.workspace / name, kept / name, symlinks=True)
        self.played.saved[given["key"]] = kept
        return True

    def upload(self, given: Mapping[str, str], identity: str, env: Mapping[str, str]) -> bool:
        assert set(given) <= {"name", "path", "if-no-files-found"}
        paths = [self.workspace / path for path in given["path"].split()]
        found = [path for path in paths if path.exists()]
        self.played.artifacts[given["name"]] = found
        return bool(found) or given.get("if-no-files-found", "warn") != "error"

    def report(self, given: Mapping[str, str], identity: str, env: Mapping[str, str]) -> bool:
        """The reporter of autograding: it shows one total, counted by tests that passed, and
        reports another, of their scores. Fails unless every runner's status is "pass"."""
        shown = reported = maximum = 0.0
        statuses = []
        for runner in given["runners"].split(","):
            results = json.loads(base64.b64decode(env[f"{runner.upper()}_RESULTS"]))
            tests = results["tests"]
            passed = [test for test in tests if test["status"] == "pass"]
            shown += len(passed) / len(tests) * (results["max_score"] or 0)
            if results["max_score"]:
                reported += sum(test["score"] for test in tests)
                maximum += results["max_score"]
            statuses.append(results["status"])
        self.played.totals = (shown, reported, maximum)
        return not {"fail", "error"} & set(statuses)

    ACTIONS: Mapping[str, Callable[..., bool]] = {
        "actions/checkout": checkout,
        "actions/cache/restore": restore,
        "actions/cache/save": save,
        "actions/upload-artifact": upload,
        "classroom-resources/autograding-grading-reporter": report,
    }


def assignments(text: str) -> dict[str, str]:
    """NAME=VALUE lines, and NAME<<WORD … WORD, of GITHUB_OUTPUT and GITHUB_ENV."""
    found = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, _, word = line.partition("<<")
        if "=" in name:
            name, _, found[name] = line.partition("=")
        elif line:
            assert word, f"{line}: neither NAME=VALUE nor NAME<<WORD"
            value = []
            while (more := next(lines)) != word:
                value.append(more)
            found[name] = "\n".join(value)
    return found


def parse(printed: str) -> list[Command]:
    """The commands that the runner obeys in what a step printed."""
    found: list[Command] = []
    waited_for = ""
    for line in re.split(r"\r\n|\n|\r", printed):
        command = _command(line, {waited_for.lower()} if waited_for else NAMES)
        if command is None:
            continue
        if waited_for:
            waited_for = ""
        elif command.name == "stop-commands":
            waited_for = command.data
        else:
            found.append(command)
    assert not waited_for, "the step ends while commands are stopped"
    return found


def _command(line: str, names: set[str]) -> Command | None:
    """`::name key=value,…::data` behind spaces, or `##[name key=value;…]data` anywhere."""
    new = re.match(r"\s*::([^ :]+)(?: (.*?))?::(.*)", line)
    old = re.search(r"##\[([^ \]]+)(?: ([^\]]*))?\](.*)", line)
    for match, between in ((new, ","), (old, ";")):
        if match and match[1].lower() in names:
            pairs = (pair.partition("=") for pair in (match[2] or "").split(between))
            properties = {name.strip(): unescape(value) for name, _, value in pairs if value}
            return Command(match[1].lower(), unescape(match[3]), properties)
    return None


def unescape(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(code, character)
    return text.replace("%25", "%")
