"""What a reader sees of a submission that does not build, as texts or as a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from example_reports import report
from jinja2 import Environment

from rooflab.compile import objects
from rooflab.course.course import Lab
from rooflab.grading import checks
from rooflab.report import page as html_page
from rooflab.report import terminal
from rooflab.report.model import Cause


def render(lab: Lab, cause: Cause, page: bool) -> str:
    why = cause.rationale
    shown = report(*checks.not_built(lab.manifest, cause)).model_copy(update={"reason": why})
    if page:
        return html_page.render([shown])
    return why + terminal.render(shown) + terminal.summary_of([shown]) + shown.to_json()


@contextmanager
def escaping(on: bool) -> Iterator[None]:
    """Off: what a compiler says is shown as it came."""

    def text(anything: object, limit: int = 0) -> str:
        return anything.decode(errors="replace") if isinstance(anything, bytes) else str(anything)

    def unescaped(**options: Any) -> Environment:
        return Environment(**{**options, "autoescape": False})

    with ExitStack() as stack:
        for module, name, instead in (
            (objects, "sanitize", text),
            (terminal, "sanitize", text),
            (terminal, "sanitize_line", text),
            (terminal, "without_commands", text),
            (html_page, "sanitize", text),
            (html_page, "Environment", unescaped),
        ):
            if not on:
                stack.enter_context(patch.object(module, name, instead))
        yield
