"""No honest measurement meets a floor; one that no arithmetic could have earned does."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooflab.plausibility import (
    CLIENT_REQUEST,
    scan_for_client_requests,
    too_fast,
    too_few_events,
)

FLOPS, BYTES = 2.0 * 512**3, 12.0 * 512**2
PEAK, BANDWIDTH = 50.0, 20.0


@given(before=st.binary(max_size=64), after=st.binary(max_size=64))
def test_a_client_request_is_found_at_any_offset(
    tmp_path_factory: pytest.TempPathFactory, before: bytes, after: bytes
) -> None:
    program = tmp_path_factory.getbasetemp() / "program"
    program.write_bytes(before + CLIENT_REQUEST + after)
    assert scan_for_client_requests(program)


def test_a_part_of_a_client_request_is_none(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(CLIENT_REQUEST[:-1] + b"\x00" + CLIENT_REQUEST[1:])
    assert not scan_for_client_requests(program)


def program_with(kind: int, flags: int) -> bytes:
    """As much of an ELF file as tells of its memory: one that reads and runs, then another."""
    start = b"\x7fELF\x02\x01" + bytes(26) + struct.pack("<Q", 64) + bytes(14)
    headers = [struct.pack("<II", 1, 5) + bytes(48), struct.pack("<II", kind, flags) + bytes(48)]
    return start + struct.pack("<HH", 56, 2) + bytes(6) + b"".join(headers)


@pytest.mark.parametrize("kind", [1, 0x6474E551], ids=["segment", "stack"])
@pytest.mark.parametrize(("flags", "found"), [(4, False), (5, False), (6, False), (3, True)])
def test_memory_to_write_and_to_run_could_hold_a_request(
    tmp_path: Path, kind: int, flags: int, found: bool
) -> None:
    program = tmp_path / "program"
    program.write_bytes(program_with(kind, flags))
    assert scan_for_client_requests(program) is found


def test_this_file_is_no_program_with_requests() -> None:
    assert not scan_for_client_requests(Path(__file__))


def test_counts_of_the_leanest_vector_code_are_possible() -> None:
    assert too_few_events(int(FLOPS / 16), int(BYTES / 32), FLOPS, BYTES) == ""


def test_fewer_instructions_than_vectors_of_operations_are_named() -> None:
    why = too_few_events(int(FLOPS / 16) - 1, 10**9, FLOPS, BYTES)
    assert "instructions" in why
    assert str(int(FLOPS / 16)) in why


def test_fewer_references_than_vectors_of_bytes_are_named() -> None:
    assert "loads and stores" in too_few_events(10**9, int(BYTES / 32) - 1, FLOPS, BYTES)


def test_a_kernel_that_only_moves_data_has_no_floor_for_arithmetic() -> None:
    assert too_few_events(1, int(BYTES / 32), 0, BYTES) == ""


@given(share=st.floats(0.01, 1.0))
def test_no_time_that_the_machine_can_reach_is_too_fast(share: float) -> None:
    at_peak = max(FLOPS / PEAK, BYTES / BANDWIDTH)
    assert too_fast(at_peak / share, FLOPS, BYTES, PEAK, BANDWIDTH) == ""


def test_the_floor_of_arithmetic_stands_above_two_and_a_half_peaks() -> None:
    least = FLOPS / (2.5 * PEAK)
    assert too_fast(least * 1.001, FLOPS, BYTES, PEAK, BANDWIDTH) == ""
    assert "Gflop/s" in too_fast(least * 0.999, FLOPS, BYTES, PEAK, BANDWIDTH)


def test_the_floor_of_moving_stands_above_eight_bandwidths() -> None:
    least = BYTES / (8 * BANDWIDTH)
    assert too_fast(least * 1.001, 0, BYTES, PEAK, BANDWIDTH) == ""
    assert "GB/s" in too_fast(least * 0.999, 0, BYTES, PEAK, BANDWIDTH)


@pytest.mark.parametrize(("peak", "bandwidth"), [(0, 0), (0, BANDWIDTH), (PEAK, 0)])
def test_what_is_unmeasured_sets_no_floor(peak: float, bandwidth: float) -> None:
    assert too_fast(1e12, FLOPS, BYTES, peak, bandwidth) == ""
    assert (too_fast(0, FLOPS, BYTES, peak, bandwidth) == "") == (peak == bandwidth == 0)
