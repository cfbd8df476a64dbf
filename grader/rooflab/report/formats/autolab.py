"""Autolab's autoresult (docs.autolabproject.com, "Guide for Lab Authors"): one line of JSON, which
has to be the last that an autograder prints.

`scores` has a problem per lab, by the lab's name: define it in the assessment with the same name
and 100 points. Partial points are numbers like any other. What could not be measured earns nothing
and cannot be told from what was not earned: grade with the hidden tests, and where all can be
measured. A lab without a grade is left out, and Autolab leaves that problem without a score. The
line is in ASCII, for it passes through whatever a terminal's encoding is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from rooflab.base.text import sanitize_line
from rooflab.report.formats.shared import Place
from rooflab.report.model import Report


def write(reports: Sequence[Report], place: Place) -> bytes:
    scores = {sanitize_line(r.lab): r.score for r in reports if r.score is not None}
    return f"{json.dumps({'scores': scores}, allow_nan=False)}\n".encode("ascii")
