"""Whatever text stands in a report: no format lets it act where it is shown."""

import csv
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from example_reports import hostile
from hypothesis import example, given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from rooflab.report.formats import FORMATS
from rooflab.report.formats.shared import Place
from rooflab.report.model import Report, Status

PLACE = Place()
NASTY = [
    "::error::x",
    "a\n::set-output name=x::y\n  ::add-mask::z",
    "a\r::error::x\r\n::error::y",
    "##[error]x ##vso[task] ###[group]",
    "\x1b[31mred\x1b]8;;http://x\x07",
    "\x00\x08\x0b\x7f\x85\u2028\u202e\u2066\u200b\ufeff\ufffe\uffff",
    "<script>alert(1)</script><img src=x onerror=y>",
    "]]> --> <!-- <![CDATA[ &amp; &#x41; \"quoted\" 'x'",
    "=cmd|' /C calc'!A0\n+1\n-1\n@x\t=1",
    "```\n````\n~~~\n# head\n| a | b |\n|---|---|\n[x](y) ![i](j) <b>",
    "- [ ] x\n1. y\n> z\n***\n---\n===\n\tcode\n[a]: http://b",
    "*a* _b_ ~c~ `d` |e| \\ www.example.com http://x @all #1 $x$",
    "%0A::error::x %25 a,b:c",
    "\ud800 lone",
    "|" * 50 + "`" * 50,
    " ",
    "",
]
TEXT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="`:#[]<>|=+-@*_\\\n\r\t \x1b\u202e%&\"',!~(){}.0ax", max_size=60),
)


def sessions(text: str) -> Iterator[Report]:
    """With a grade and without, so that each part of a format is reached."""
    page = hostile(text)
    yield page.model_copy(update={"status": Status.GRADED})
    yield page.model_copy(update={"score": None})
    yield page.model_copy(update={"score": None, "checks": ()})


def texts(name: str, text: str) -> Iterator[str]:
    for report in sessions(text):
        yield FORMATS[name]([report], PLACE).decode("utf-8")
        yield FORMATS[name]([report, report], Place(collection=True)).decode("utf-8")


def strings(value: Any) -> Iterator[str]:
    """All in a JSON document, names of fields too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *strings(item))
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def assert_harmless(text: str) -> None:
    """For a terminal and for the log of a CI runner."""
    assert not re.search(r"^\s*::", text, re.MULTILINE)
    assert not re.search(r"##(\[|vso\[)", text, re.IGNORECASE)
    acting = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Co"}}
    assert acting <= {"\n", "\t"}


def examples(test: Any) -> Any:
    """Each nasty text, and some of hypothesis' own."""
    for nasty in NASTY:
        test = example(text=nasty)(test)
    return settings(max_examples=20, deadline=None)(given(text=TEXT)(test))


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"annotations", "html"}))
@examples
def test_no_text_reaches_a_terminal_or_a_runner(name: str, text: str) -> None:
    for output in texts(name, text):
        assert_harmless(output)


JSON_FORMATS = ["json", "github", "classroom50", "gradescope", "prairielearn", "autolab"]


def no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


@pytest.mark.parametrize("name", JSON_FORMATS)
@examples
def test_json_is_valid_and_each_string_in_it_harmless(name: str, text: str) -> None:
    for output in texts(name, text):
        for string in strings(json.loads(output, parse_constant=no_constant)):
            assert_harmless(string)


@pytest.mark.parametrize("name", ["github", "classroom50"])
@examples
def test_names_of_tests_are_no_markup(name: str, text: str) -> None:
    """Services show them in Markdown and in HTML."""
    for output in texts(name, text):
        for test in json.loads(output)["tests"]:
            assert not set(test.get("name", test.get("test-name"))) & set("<>&|`*[]\\#\n~!\"'@$")


@examples
def test_xml_is_read_by_others_and_keeps_its_shape(text: str) -> None:
    def shape(output: str) -> list[str]:
        return [element.tag for element in ElementTree.fromstring(output).iter()]

    for output, plain in zip(texts("junit", text), texts("junit", "plain"), strict=True):
        assert shape(output) == shape(plain)
        assert sum(suite.tests for suite in JUnitXml.fromstring(output.encode())) > 0


@examples
def test_cells_are_no_formulas_and_rows_stay_rows(text: str) -> None:
    for output in texts("csv", text):
        head, *rows = csv.reader(io.StringIO(output), strict=True)
        assert rows
        for row in rows:
            assert len(row) == len(head)
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def outline(markdown: str) -> list[str]:
    """What a parser takes as structure, without text."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    shown = {"text", "text_special", "softbreak", "entity"}
    found = []
    for token in parser.parse(markdown):
        found += [child.type for child in token.children or () if child.type not in shown]
        found.append(token.type)
    return found


@examples
def test_no_text_is_markdown(text: str) -> None:
    for output, plain in zip(texts("markdown", text), texts("markdown", "plain"), strict=True):
        assert [t for t in outline(output) if t != "inline"] == [
            t for t in outline(plain) if t != "inline"
        ]
        assert not re.search(r"(?<!\\)https?://|(?<!\\)www\.", _outside_fences(output))


def _outside_fences(markdown: str) -> str:
    return re.sub(r"^(`{3,})text\n.*?\n\1$", "", markdown, flags=re.MULTILINE | re.DOTALL)


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += [tag, *(name for name, _ in attrs)]


@examples
def test_no_text_is_html(text: str) -> None:
    page = FORMATS["html"]([*sessions(text)], PLACE).decode("utf-8")
    assert_harmless(page)
    assert not {"script", "img", "b", "onerror"} & set(Tags(page).tags)


COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^,:\r\n]*,?)*)::([^\r\n]*)")


@examples
def test_no_text_is_another_command(text: str) -> None:
    for output in texts("annotations", text):
        assert output.endswith("\n")
        for line in output.removesuffix("\n").split("\n"):
            command = COMMAND.fullmatch(line)
            assert command is not None, line
            keys = [given.partition("=")[0] for given in command[2].split(",")]
            assert keys in (["title"], ["file", "title"], ["file", "line", "title"])
            assert_harmless(re.sub("%0[AD]", "\n", command[3]).replace("%25", "%"))
            assert_harmless(line.removeprefix("::"))
