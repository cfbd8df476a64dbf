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

    def number(self, *label: str | int) -> int:
        """A 63-bit number that belongs to this label and says nothing about other labels."""
        message = "/".join(map(str, label)).encode()
        digest = hmac.digest(self.secret, message, "sha256")
        return int.from_bytes(digest[:8], "big") >> 1
