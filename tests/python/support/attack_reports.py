"""Shows what hostile submissions make the compiler say, as texts and as a page.

The witness shows it as it came, without `escaping`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import attack_builds
from example_reports import BUILT, report
from jinja2 import Environment

from rooflab.build import worker
from rooflab.report import page as html_page
from rooflab.report import terminal
from rooflab.report.model import Cause, CheckStatus, Reason


def submit(source: Path, work: Path, page: bool, escaping: bool) -> tuple[str, str, str]:
    """Why a submission does not build: the reason, the words, and its report."""
    with ExitStack() as stack:
        if not escaping:
            stack.enter_context(_as_it_came())
        reason, why, _ = attack_builds.submit(source, work)
        return reason, why, _rendered(why, page)


def _rendered(why: str, page: bool) -> str:
    cause = Cause(reason=Reason.BUILD_FAILED, rationale=why)
    check = BUILT.model_copy(update={"status": CheckStatus.FAIL, "cause": cause})
    shown = report().model_copy(update={"checks": (check,), "reason": why})
    if page:
        return html_page.render([shown])
    return why + terminal.render(shown) + terminal.summary_of([shown]) + shown.to_json()


@contextmanager
def _as_it_came() -> Iterator[None]:
    def text(anything: object, limit: int = 0) -> str:
        return anything.decode(errors="replace") if isinstance(anything, bytes) else str(anything)

    def unescaped(**options: Any) -> Environment:
        return Environment(**{**options, "autoescape": False})

    with ExitStack() as stack:
        for module in (worker, terminal, html_page):
            stack.enter_context(patch.object(module, "sanitize", text))
        for name in ("sanitize_line", "without_commands"):
            stack.enter_context(patch.object(terminal, name, text))
        stack.enter_context(patch.object(html_page, "Environment", unescaped))
        yield
