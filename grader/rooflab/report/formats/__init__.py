"""What other programs read, each format a pure function over reports. A module is one format, and
its docstring says how the service takes points that are partial or could not be measured, and a
session without a grade. `FORMATS` names them all; `./lab grade --format NAME=FILE` writes any.
Text in a report may come from a submission: a format lets none of it act where it is shown.
"""

from collections.abc import Mapping

from rooflab.report.formats import (
    annotations,
    autolab,
    classroom50,
    csv,
    github,
    gradescope,
    html,
    json,
    junit,
    markdown,
    prairielearn,
)
from rooflab.report.formats.shared import Format

FORMATS: Mapping[str, Format] = {
    "json": json.write,
    "html": html.write,
    "markdown": markdown.write,
    "github": github.write,
    "annotations": annotations.write,
    "classroom50": classroom50.write,
    "gradescope": gradescope.write,
    "prairielearn": prairielearn.write,
    "autolab": autolab.write,
    "junit": junit.write,
    "csv": csv.write,
}
