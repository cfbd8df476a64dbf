"""A web page that stands alone (rooflab.report.page), for people.

It shows partial points as they are, what could not be measured as a dash, and a session without a
grade with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from rooflab.report.formats.shared import Place
from rooflab.report.model import Report


def write(reports: Sequence[Report], place: Place) -> bytes:
    from rooflab.report import page  # jinja2 is slow to import

    return page.render(reports).encode()
