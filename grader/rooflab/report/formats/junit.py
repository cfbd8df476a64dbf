"""JUnit XML, which CI servers and editors read: a suite per lab, a case per check.

JUnit knows no points. A check with partial points is a failure of type "partial", for full marks
were not reached; the points stand among the case's properties, with its figures. What was not run
or could not be measured is skipped. A lab without a grade has a case "grade" with an error, and no
points, so that nobody adds up points that are no grade. Times are not known, and not told.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence

from rooflab.base.text import sanitize_line
from rooflab.report.formats.shared import Place, no_grade, text_of
from rooflab.report.model import Check, CheckStatus, Report
from rooflab.report.wording import number

OUTCOMES = {
    CheckStatus.PARTIAL: "failure",
    CheckStatus.FAIL: "failure",
    CheckStatus.ERROR: "error",
    CheckStatus.SKIPPED: "skipped",
    CheckStatus.UNMEASURED: "skipped",
}
COUNTED_AS = {"failure": "failures", "error": "errors", "skipped": "skipped"}


def write(reports: Sequence[Report], place: Place) -> bytes:
    root = ElementTree.Element("testsuites", name="rooflab")
    for report in reports:
        root.append(_suite(report))
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _suite(report: Report) -> ElementTree.Element:
    cases = [_case(report, check) for check in report.checks]
    if report.score is None:
        case = ElementTree.Element("testcase", classname=sanitize_line(report.lab), name="grade")
        _outcome(case, "error", report.status.value, no_grade(report))
        cases.insert(0, case)
    suite = ElementTree.Element("testsuite", name=sanitize_line(report.lab), tests=str(len(cases)))
    for outcome, attribute in COUNTED_AS.items():
        suite.set(attribute, str(sum(case.find(outcome) is not None for case in cases)))
    properties = {
        "title": report.title,
        "tier": report.tier.value,
        "status": report.status.value,
        "score": report.score,
        "cpu": report.machine.cpu,
        "cores": report.machine.cores,
        "graded_at": report.graded_at,
        "rooflab_version": report.rooflab_version,
    }
    _properties(suite, properties)
    suite.extend(cases)
    return suite


def _case(report: Report, check: Check) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase", classname=sanitize_line(report.lab), name=sanitize_line(check.title)
    )
    graded = report.score is not None
    points = {"points": check.points, "max_points": check.max_points} if graded else {}
    figures = {key: number(check, key) for key in check.data}
    _properties(case, points | figures)
    if (outcome := OUTCOMES.get(check.status)) is not None:
        _outcome(case, outcome, check.status.value, text_of(check))
    return case


def _outcome(case: ElementTree.Element, outcome: str, kind: str, text: str) -> None:
    """The first line of the text is the message, which is all that many readers show.
    Precondition: the text is harmless."""
    first = sanitize_line(text.partition("\n")[0])
    attributes = {"message": first or kind}
    if outcome != "skipped":
        attributes["type"] = kind
    ElementTree.SubElement(case, outcome, attributes).text = text


def _properties(parent: ElementTree.Element, values: Mapping[str, object]) -> None:
    """Those that there are."""
    known = {name: value for name, value in values.items() if value is not None}
    if not known:
        return
    properties = ElementTree.SubElement(parent, "properties")
    for name, value in known.items():
        text = f"{value:.15g}" if isinstance(value, float) else sanitize_line(str(value))
        ElementTree.SubElement(properties, "property", name=sanitize_line(name), value=text)
