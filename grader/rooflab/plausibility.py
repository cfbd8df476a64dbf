"""What a measurement cannot be: floors under times and counts, and programs that talk to the
simulator that counts for them.

The floors lie far below what honest code reaches, so they never cost a student a point; they turn
away figures that no arithmetic could have earned.
"""

from __future__ import annotations

import struct
from pathlib import Path

# `rol rdi` by 3, 13, 61 and 51: together no change at all. Valgrind takes it as the beginning of a
# request by the program that it runs (valgrind.h), such as to run a function unsimulated.
CLIENT_REQUEST = bytes.fromhex("48c1c703 48c1c70d 48c1c73d 48c1c733")
MEMORY = {1, 0x6474E551}  # PT_LOAD and PT_GNU_STACK of an ELF file's program headers

FLOPS_PER_INSTRUCTION = 16  # an AVX2 fused multiply-add: 8 lanes, 2 operations each
BYTES_PER_REFERENCE = 32  # an AVX2 load or store
PEAK_SLACK = 2.5  # clocks rise and peaks are measured low
BANDWIDTH_SLACK = 8  # small problems stay in caches, which are several times as fast as memory


def scan_for_client_requests(program: Path) -> bool:
    """Whether the program, anywhere and at any offset, holds the preamble of a client request; or
    has memory from its start on in which it could write one and run it."""
    content = program.read_bytes()
    return CLIENT_REQUEST in content or _may_write_code(content)


def _may_write_code(elf: bytes) -> bool:
    """Whether a program (64 bit, little-endian) has a segment or a stack to write and to run."""
    if not elf.startswith(b"\x7fELF\x02\x01"):
        return False
    (first,) = struct.unpack_from("<Q", elf, 32)
    size, count = struct.unpack_from("<HH", elf, 54)
    headers = (struct.unpack_from("<II", elf, first + i * size) for i in range(count))
    return any(kind in MEMORY and flags & 3 == 3 for kind, flags in headers)


def too_few_events(instructions: int, references: int, flops: float, bytes: float) -> str:
    """Why the counts of one call cannot be all of it; empty when they can."""
    least_instructions = flops / FLOPS_PER_INSTRUCTION
    if instructions < least_instructions:
        return (
            f"{instructions} instructions counted, and {flops:.0f} floating-point operations "
            f"take at least {least_instructions:.0f}"
        )
    least_references = bytes / BYTES_PER_REFERENCE
    if references < least_references:
        return (
            f"{references} loads and stores counted, and moving {bytes:.0f} bytes "
            f"takes at least {least_references:.0f}"
        )
    return ""


def too_fast(
    cpu_ns: float, flops: float, bytes: float, peak_gflops: float, bandwidth_gbs: float
) -> str:
    """Why a call cannot have taken so little CPU time; empty when it can. Peak (of one core, with
    AVX2) and bandwidth are this machine's, measured; 0 for what is unmeasured."""
    for amount, rate, slack, unit in (
        (flops, peak_gflops, PEAK_SLACK, "Gflop/s"),
        (bytes, bandwidth_gbs, BANDWIDTH_SLACK, "GB/s"),
    ):
        if rate <= 0:
            continue
        least_ns = amount / (slack * rate)  # 1e9 operations a second are one a nanosecond
        if cpu_ns < least_ns:
            return (
                f"{cpu_ns:.0f} ns would be {amount / max(cpu_ns, 1e-9):.0f} {unit}, "
                f"where this machine reaches {rate:.0f}"
            )
    return ""
