"""A student tree, tried as a student would: set up in an empty home, then without network. The
stubs must earn nothing, and `./lab test` must answer as fast as the loop of an edit needs it."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rooflab.base.errors import RooflabError
from rooflab.base.process import ENVIRONMENT
from rooflab.base.progress import Progress
from rooflab.classroom.tree import Tree, write
from rooflab.course.course import Lab
from rooflab.report.model import Report, ReportCollection, Status, Tier

SET_UP_S, GRADING_S, TEST_S = 1800, 1800, 300
# Twenty times what it takes on two quiet cores: a busy machine must not stop a release.
EDIT_LOOP_S = 15.0
NETWORK = re.compile(
    r"pip_.*|.*_proxy|ssl_cert_(file|dir)|(curl|requests)_ca_bundle", re.IGNORECASE
)
# As root and as a user.
OFFLINE = (("unshare", "--net"), ("unshare", "--user", "--map-current-user", "--net"))
SHOWN_LINES = 15


class TrialError(RooflabError):
    """The student tree does not work as students need it."""


@dataclass(frozen=True)
class Trial:
    """`measurable` is how many points the stubs could have earned; `test_s` how long `./lab test`
    took after an edit; `offline` whether the network was cut off."""

    measurable: float
    test_s: float
    offline: bool


def try_out(
    tree: Tree, labs: Sequence[Lab], place: Path, progress: Progress, environment: Mapping[str, str]
) -> Trial:
    """Of `environment`, set-up is told how to reach the network, and nothing else. Precondition:
    `place` is an empty folder. TrialError for what does not work."""
    folder, home = place / "course", place / "home"
    home.mkdir()
    write(tree, folder)
    student = {**ENVIRONMENT, "HOME": str(home), "CI": "true", "NO_COLOR": "1"}
    network = network_environment(environment)
    progress("student tree: setting up elsewhere, with an empty home")
    _run([], ["--version"], folder, {**student, **network}, SET_UP_S)

    cut_off = next((list(words) for words in OFFLINE if _works(words)), [])
    progress("student tree: grading the stubs")
    document = folder / "build" / "trial.json"
    _run(cut_off, ["grade", "--all", "--json", str(document)], folder, student, GRADING_S)
    reports = ReportCollection.model_validate_json(document.read_bytes()).labs
    measurable = _points_of_stubs(reports, labs)

    progress("student tree: timing ./lab test after an edit")
    lab = labs[0]
    source = folder / "labs" / lab.name / lab.manifest.sources[0]
    command = ["test", lab.id]
    _run(cut_off, command, folder, student, TEST_S, status=1)
    source.write_bytes(source.read_bytes() + b"\n// an edit\n")
    started = time.monotonic()
    _run(cut_off, command, folder, student, TEST_S, status=1)
    test_s = time.monotonic() - started
    if test_s > EDIT_LOOP_S:
        raise TrialError(
            f"./lab test {lab.id} took {test_s:.0f} s after an edit; {EDIT_LOOP_S:.0f} s is too "
            "long to wait",
            "release on a machine that is not busy, or look what became slow",
        )
    return Trial(measurable, test_s, bool(cut_off))


def _points_of_stubs(reports: Sequence[Report], labs: Sequence[Lab]) -> float:
    """How many could be earned. TrialError unless all labs were graded, and nothing was earned."""
    graded = [report.lab for report in reports if report.status is Status.GRADED]
    if graded != [lab.name for lab in labs]:
        reasons = "; ".join(f"{r.lab}: {r.reason}" for r in reports if r.lab not in graded)
        raise TrialError(f"the stubs could not be graded: {reasons or 'labs are missing'}", HELP)
    for report in reports:
        earned = [check.id for check in report.checks if check.points]
        if earned or report.score != 0 or report.tier is not Tier.LOCAL:
            raise TrialError(
                f"the stubs of lab {report.lab} earn {report.score} points: {', '.join(earned)}",
                HELP,
            )
        if any(check.points is not None for check in report.checks if check.visibility == "hidden"):
            raise TrialError(f"hidden tests of lab {report.lab} could be run", HELP)
    return sum(
        check.max_points
        for report in reports
        for check in report.checks
        if check.points is not None
    )


HELP = "./lab verify shows what is wrong with the course"


def _works(words: Sequence[str]) -> bool:
    try:
        return subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _run(
    prefix: Sequence[str],
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    limit_s: float,
    status: int = 0,
) -> None:
    """Runs the tree's own ./lab. TrialError unless it ends with that status."""
    told = f"./lab {' '.join(arguments)}"
    try:
        done = subprocess.run(
            [*prefix, "./lab", *arguments],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TrialError(f"{told} was still running after {limit_s:.0f} s", HELP) from error
    if done.returncode != status:
        last = "\n".join(done.stdout.rstrip().splitlines()[-SHOWN_LINES:])
        raise TrialError(f"{told} ended with {done.returncode}, not {status}:\n{last}", HELP)


def network_environment(environment: Mapping[str, str]) -> Mapping[str, str]:
    """What of a user's environment says how to reach the package installers."""
    found = {name: value for name, value in environment.items() if NETWORK.fullmatch(name)}
    for file in (".config/pip/pip.conf", ".pip/pip.conf"):
        if (own := Path.home() / file).is_file():
            found.setdefault("PIP_CONFIG_FILE", str(own))
    return found
