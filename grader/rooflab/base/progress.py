"""Says what is running, on standard error: a spinner on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Protocol


class Progress(Protocol):
    """Called with what is about to run, in a few words."""

    def __call__(self, step: str) -> None: ...


def silent(step: str) -> None:
    """For callers that show progress themselves."""


@contextmanager
def showing() -> Iterator[Progress]:
    """A Progress for the length of one command."""
    if not sys.stderr.isatty():
        last = ""

        def line(step: str) -> None:
            nonlocal last
            subject = step.partition(",")[0]  # "timing x, round 7": one line for all rounds
            if subject != last:
                print(f"lab: {subject}", file=sys.stderr, flush=True)
                last = subject

        yield line
        return

    from rich.console import Console

    output = sys.stdout
    with (
        Console(stderr=True).status("starting") as status,
        # The spinner prints all output above itself, on its own terminal. What goes elsewhere, into
        # a file say, must not pass through it.
        redirect_stdout(sys.stdout if output.isatty() else output),
    ):
        yield lambda step: status.update(step)
