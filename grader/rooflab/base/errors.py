"""Failures that a user can fix. The command line prints them as "error: …" and "next: …"."""

from __future__ import annotations


class RooflabError(Exception):
    """`message` says what is wrong, `help` what to do next, preferably a command to type."""

    exit_status = 3

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class UsageError(RooflabError):
    """The command was typed wrong: no such lab, no such kernel, …"""

    exit_status = 2


class SetupError(RooflabError):
    """This machine or this copy of the course cannot do it."""

    exit_status = 3


class ManifestError(SetupError):
    """A lab.toml that does not say what a manifest must say."""
