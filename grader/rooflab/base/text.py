"""Untrusted text, made safe to print anywhere: terminal, HTML, Markdown, JSON, a CI log.

Compiler and kernel output and file names may hold terminal escapes, text that reorders itself, or
lines that a CI runner obeys. Whatever could act is replaced by a visible escape such as \\x1b.
"""

from __future__ import annotations

import re
import unicodedata

LIMIT = 20_000

# Control, format (zero-width and bidirectional marks, tags), surrogate, private, unassigned, and
# the Unicode line and paragraph separators.
UNSAFE_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Invisible though no category says so: joiners, fillers, variation selectors, the blank of Braille.
INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U0001d173-\U0001d17a\U000e0100-\U000e01ef]"
)
# GitHub's runner obeys lines that begin with "::" after white space, and "##[" anywhere; Azure's
# obeys "##vso[".
COMMAND_LINE = re.compile(r"^(\s*)(?=::)", re.MULTILINE)
COMMAND_MARK = re.compile(r"#(?=#(?:\[|vso\[))", re.IGNORECASE)


def sanitize(text: str | bytes, limit: int = LIMIT) -> str:
    """`text` as harmless lines, cut after `limit` characters. New lines and tabs stay."""
    if isinstance(text, bytes):
        text = text[: 4 * limit + 4].decode("utf-8", errors="backslashreplace")
    text = text.replace("\r\n", "\n")
    shown = "".join(_visible(character) for character in text[:limit])
    if len(text) > limit or len(shown) > limit:
        shown = shown[:limit] + "\n… (cut here: it goes on)"
    return without_commands(shown)


def sanitize_line(text: str | bytes, limit: int = 300) -> str:
    """`text` as one harmless line, for titles, names and table cells."""
    return " ".join(sanitize(text, limit).replace("\t", " ").split("\n")).strip()


def key_values(text: str) -> dict[str, str]:
    """The "key: value" lines in which labs/testing explains a failure (core/failure.h); of a
    repeated key, the last."""
    return dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)


def without_commands(text: str) -> str:
    """`text` with every line that a CI runner would obey made one that it prints.

    For whole pages too: wrapping can bring harmless text to the beginning of a line.
    """
    return COMMAND_MARK.sub(r"#\\", COMMAND_LINE.sub(r"\1\\", text))


def _visible(character: str) -> str:
    if character in "\n\t" or " " <= character <= "~":
        return character
    if unicodedata.category(character) in UNSAFE_CATEGORIES or INVISIBLE.match(character):
        code = ord(character)
        return (
            f"\\x{code:02x}"
            if code < 0x100
            else f"\\u{code:04x}"
            if code < 0x10000
            else f"\\U{code:08x}"
        )
    return character
