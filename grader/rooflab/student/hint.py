"""Hints, one stage at a time: from a nudge to nearly the answer."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from rooflab.base.errors import UsageError
from rooflab.base.files import write_atomically
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import HINT_STAGES, Kernel

WIDTH = 88
# Lab, then kernel, then how many of its hints were seen.
Seen = dict[str, dict[str, int]]


def hint(course: Course, lab: Lab, kernel_name: str | None, again: bool = False) -> str:
    """The next hint, remembered as seen. Without a kernel where there are several: the list."""
    kernels = lab.manifest.kernels
    if kernel_name is None and len(kernels) > 1:
        return overview(lab, seen_hints(course.state / "hints.json").get(lab.name, {}))
    kernel = kernels[0] if kernel_name is None else _kernel(lab, kernel_name)

    path = course.state / "hints.json"
    seen = seen_hints(path)
    hints = lab.hints[kernel.name]
    before = min(seen.get(lab.name, {}).get(kernel.name, 0), HINT_STAGES)
    now = max(before, 1) if again else min(before + 1, HINT_STAGES)
    if now != before:
        seen.setdefault(lab.name, {})[kernel.name] = now
        write_atomically(path, json.dumps(seen, indent=2).encode())
    first = 1 if again else now
    return "\n".join(
        [*_shown(kernel.name, hints, first, now), "", _what_next(lab, kernel, now), ""]
    )


def overview(lab: Lab, seen: Mapping[str, int]) -> str:
    """Each kernel with the number of its hints seen so far."""
    width = max(len(kernel.name) for kernel in lab.manifest.kernels)
    number = lab.id
    return "\n".join(
        [
            f"Hints of lab {number}: {lab.manifest.title}",
            "",
            *(
                f"  {kernel.name:<{width}}  {seen.get(kernel.name, 0)} of {HINT_STAGES} seen"
                for kernel in lab.manifest.kernels
            ),
            "",
            f"next: ./lab hint {number} {lab.manifest.kernels[0].name}",
            "",
        ]
    )


def seen_hints(path: Path) -> Seen:
    """What was seen; a file that is missing or broken starts anew."""
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(loaded, dict):
        return {}
    return {
        lab: {
            kernel: count
            for kernel, count in kernels.items()
            if isinstance(count, int) and count > 0
        }
        for lab, kernels in loaded.items()
        if isinstance(kernels, dict)
    }


def _kernel(lab: Lab, name: str) -> Kernel:
    names = [kernel.name for kernel in lab.manifest.kernels]
    try:
        return lab.manifest.kernel(name)
    except KeyError:
        close = get_close_matches(name, names, n=1)
        raise UsageError(
            f'lab {lab.id} has no kernel "{name}"; its kernels are: {", ".join(names)}',
            f"./lab hint {lab.id} {(close or names)[0]}",
        ) from None


def _shown(kernel: str, hints: Sequence[str], first: int, last: int) -> list[str]:
    lines = []
    for stage in range(first, last + 1):
        lines += ["", f"{kernel}, hint {stage} of {HINT_STAGES}", ""]
        for paragraph in hints[stage - 1].strip().split("\n"):
            lines += textwrap.wrap(paragraph, WIDTH, replace_whitespace=False) or [""]
    return lines[1:]


def _what_next(lab: Lab, kernel: Kernel, seen: int) -> str:
    left = HINT_STAGES - seen
    command = f"./lab hint {lab.id} {kernel.name}"
    if left == 0:
        return f"That was the last one. All of them again: {command} --again"
    return f"{left} more {'hint' if left == 1 else 'hints'}. When you are stuck: {command}"
