"""Runs a program of the harness that makes calls of one case and measures them
(grader/harness/programs/one_call.h), and reads what it says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rooflab.base.errors import SetupError
from rooflab.base.process import run, trusted_limits
from rooflab.base.text import key_values, sanitize, sanitize_line
from rooflab.report.model import Cause, Reason

LIMIT_S = 60.0
LAST_WORDS_BYTES = 4000  # the harness's own, behind what the kernel printed


@dataclass(frozen=True)
class Unmeasured:
    """This system does not let anybody look at a worker."""

    why: str


def ask(
    program: Path, arguments: Sequence[str], doing: str, work: Path, key: str
) -> dict[str, Any] | Unmeasured | Cause:
    """The program's JSON; or why the kernel failed "while" (`doing`) "its calls were sampled"."""
    done = run(
        [program, *arguments],
        trusted_limits(wall_s=LIMIT_S),
        directory=work,
        environment={"ROOFLAB_KEY": key},
    )
    words = sanitize(done.stderr[-LAST_WORDS_BYTES:])
    said = key_values(words)
    if done.code == 1 and said.get("reason") in list(Reason):
        why = f"while {doing}: {said.get('what', 'it failed')}"
        return Cause(reason=Reason(said["reason"]), rationale=why)
    try:
        if done.succeeded:
            output = json.loads(done.stdout)
            if isinstance(output, dict):
                if "unmeasured" in output:
                    return Unmeasured(sanitize_line(str(output["unmeasured"])))
                return output
    except ValueError:
        pass
    raise SetupError(f"it failed here, while {doing}: {words[-400:]}", "./lab doctor")
