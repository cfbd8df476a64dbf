"""The report itself, `rooflab/report/v1`; of all labs, `rooflab/reports/v1`.

Nothing is lost here: points that could not be measured are null, and so is the score of a session
without a grade. A figure that is not finite is null, too, for JSON has no word for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rooflab.report.formats.shared import Place, json_bytes
from rooflab.report.model import Report, ReportCollection


def write(reports: Sequence[Report], place: Place) -> bytes:
    document = ReportCollection(labs=tuple(reports)) if place.collection else reports[0]
    return json_bytes(document.model_dump(by_alias=True))
