"""The commands for those who teach with the labs."""

from __future__ import annotations

import typer

app = typer.Typer()
