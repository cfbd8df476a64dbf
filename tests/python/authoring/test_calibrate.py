"""What thresholds follow from measurements, and how they come into the manifest."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooflab import cli
from rooflab.authoring import calibrate
from rooflab.authoring.calibrate import Calibration, as_text, with_thresholds, write
from rooflab.base.errors import SetupError
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.measure.estimates import Estimate

LAB = Course(Path(__file__).resolve().parents[3]).find("02")
SPEEDUP = next(m for m in LAB.manifest.measurements if m.kind is MeasurementKind.SPEEDUP)


def found(reference: float, *nothing: float, measurement: Measurement = SPEEDUP) -> Calibration:
    """Intervals of those lower or upper ends."""
    stages = {f"stage {number}": Estimate(1.0, 0.9, high, 9) for number, high in enumerate(nothing)}
    return Calibration(measurement, Estimate(reference + 1, reference, reference + 2, 9), stages)


def test_full_is_a_quarter_below_the_reference_and_zero_a_tenth_above_the_slow() -> None:
    calibration = found(8.0, 1.5, 2.0)
    assert (calibration.full, calibration.zero) == (6.0, 2.2)
    assert calibration.sound


def test_zero_is_never_where_noise_alone_can_reach() -> None:
    assert found(8.0, 1.01).zero == calibrate.LEAST_ZERO


@given(st.floats(1.01, 1e4), st.lists(st.floats(0.5, 1e3), min_size=1, max_size=4))
def test_rounding_keeps_the_margins(reference: float, nothing: list[float]) -> None:
    calibration = found(reference, *nothing)
    assert calibration.full <= reference * calibrate.FULL_MARGIN * (1 + 1e-9)
    assert calibration.zero >= max(nothing) * calibrate.ZERO_MARGIN * (1 - 1e-9)
    assert calibration.sound == (calibration.full > calibration.zero)


def test_a_case_that_cannot_tell_them_apart_is_said_and_not_written(tmp_path: Path) -> None:
    unsound = found(2.0, 1.9)
    assert "NOT SOUND" in as_text(LAB, [unsound])
    lab = replace(LAB, root=tmp_path)
    with pytest.raises(SetupError, match="nothing was written"):
        write(lab, [found(8.0, 1.2), unsound])


def test_all_that_is_not_a_threshold_of_the_measurement_stays() -> None:
    text = (LAB.directory / "lab.toml").read_text(encoding="utf-8")
    before = tomllib.loads(text)
    for number, measurement in enumerate(LAB.manifest.measurements):
        changed = with_thresholds(text, measurement, 1.75, 3.25)
        after = tomllib.loads(changed)
        entry = after["measurements"][number]
        assert (entry["zero"], entry["full"]) == (1.75, 3.25), measurement.id
        was = before["measurements"][number]
        after["measurements"][number] = {**entry, "zero": was["zero"], "full": was["full"]}
        assert after == before
        lines = zip(text.splitlines(), changed.splitlines(), strict=True)
        assert sum(old != new for old, new in lines) <= 2


def test_a_measurement_that_the_manifest_lacks_is_an_error() -> None:
    with pytest.raises(SetupError, match="has no measurement"):
        with_thresholds('[[kernels]]\nname = "relu"\n', SPEEDUP, 1, 2)


def test_the_command_measures_and_proposes(
    trusted: LabBuild, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One measurement of lab 02, which is counted and takes a second."""
    counted = next(m for m in LAB.manifest.measurements if m.kind is MeasurementKind.CACHE_MISSES)
    lab = replace(trusted.lab)
    few = trusted.lab.manifest.model_copy(update={"measurements": (counted,)})
    lab.__dict__["manifest"] = few
    monkeypatch.setattr(calibrate, "stages_of", lambda _: ())
    monkeypatch.setattr(calibrate, "prepare", lambda *_: replace(trusted, lab=lab))
    assert cli.main(["calibrate", "02"]) == 0
    shown = capsys.readouterr().out
    assert f"{counted.id}  ({counted.case})\n    reference " in shown
    assert "    baseline                                    1.00  (1.00-1.00, 1 rounds)\n" in shown
    assert "To write what is proposed: ./lab calibrate 02 --write" in shown
