"""The session's secret: all inputs, orders and resamples of a grade are drawn from it.

The report carries its SHA-256, so that whoever kept the secret can show later what was drawn.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seeds:
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def commitment(self) -> str:
        return hashlib.sha256(self.secret).hexdigest()

    def key(self, *label: str | int) -> str:
        """256 bits for a harness program, as ROOFLAB_KEY takes them; every problem of that program
        has a key derived from them (labs/testing, core/random.h)."""
        return self._digest(label).hex()

    def number(self, *label: str | int) -> int:
        """A 63-bit number that belongs to this label and says nothing about other labels."""
        return int.from_bytes(self._digest(label)[:8], "big") >> 1

    def _digest(self, label: tuple[str | int, ...]) -> bytes:
        return hmac.digest(self.secret, "/".join(map(str, label)).encode(), "sha256")
