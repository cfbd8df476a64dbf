"""What a measurement cannot be: a floor under times.

It lies far below what honest code reaches, so it never costs a student a point; it turns away
figures that no arithmetic could have earned.
"""

from __future__ import annotations

PEAK_SLACK = 2.5  # clocks rise and peaks are measured low
BANDWIDTH_SLACK = 8  # small problems stay in caches, which are several times as fast as memory
BYTES_PER_FLOP = 3  # from the L1 cache: two loads and a store, of 32 bytes, beside 32 operations


def too_fast(
    cpu_ns: float, flops: float, bytes: float, peak_gflops: float, bandwidth_gbs: float
) -> str:
    """Why a call cannot have taken so little CPU time; empty when it can. Peak (of one core, with
    AVX2) and bandwidth are this machine's, measured; 0 for what is unmeasured."""
    of_caches = BYTES_PER_FLOP * peak_gflops
    for amount, rate, highest, unit in (
        (flops, peak_gflops, PEAK_SLACK * peak_gflops, "Gflop/s"),
        (bytes, bandwidth_gbs, max(BANDWIDTH_SLACK * bandwidth_gbs, of_caches), "GB/s"),
    ):
        if rate <= 0:
            continue
        least_ns = amount / highest  # 1e9 operations a second are one a nanosecond
        if cpu_ns < least_ns:
            return (
                f"{cpu_ns:.0f} ns would be {amount / max(cpu_ns, 1e-9):.0f} {unit}, "
                f"where this machine reaches {rate:.0f}"
            )
    return ""
