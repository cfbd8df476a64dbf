"""A manifest is accepted whole or refused with the file, the key and the fix."""

from pathlib import Path

import pytest

from rooflab.base.errors import ManifestError
from rooflab.course import manifest

KERNELS = """
[[kernels]]
name = "matmul"
points = { public = 20, hidden = 20 }
"""
SPEEDUP = """
[[measurements]]
kind = "speedup"
kernel = "matmul"
case = "matmul/512"
points = 60
zero = 1.5
full = 6.0
"""
MISSES = SPEEDUP.replace("speedup", "cache_misses")
CACHE = """
[cache]
d1 = { size_bytes = 32768, ways = 8, line_bytes = 64 }
ll = { size_bytes = 1048576, ways = 16, line_bytes = 64 }
"""
HEAD = """
title = "Cache blocking"
summary = "Same sums, fewer misses."
files = ["kernels.cpp"]
flags = ["-O3", "-fno-tree-vectorize"]
threads = 1
"""
VALID = HEAD + KERNELS + SPEEDUP


def loaded(tmp_path: Path, text: str) -> manifest.Manifest:
    path = tmp_path / "lab.toml"
    path.write_text(text, encoding="utf-8")
    return manifest.load(path)


def test_a_valid_manifest_gives_its_values(tmp_path: Path) -> None:
    lab = loaded(tmp_path, VALID)
    assert lab.files == ("kernels.cpp",)
    assert lab.kernel("matmul").points.hidden == 20
    assert lab.measurements[0].full == 6.0


def test_points_for_races_need_threads(tmp_path: Path) -> None:
    text = VALID.replace("hidden = 20 }", "hidden = 15, races = 5 }")
    with pytest.raises(ManifestError, match="points for races need threads"):
        loaded(tmp_path, text)
    assert loaded(tmp_path, text.replace("threads = 1", "threads = 2")).looks_for_races


def test_efficiency_needs_threads(tmp_path: Path) -> None:
    text = VALID.replace('"speedup"', '"efficiency"').replace("zero = 1.5", "zero = 0.5")
    with pytest.raises(ManifestError, match="efficiency is of threads"):
        loaded(tmp_path, text)
    lab = loaded(tmp_path, text.replace("threads = 1", "threads = 2"))
    assert lab.measurements[0].zero == 0.5


def test_a_kernel_may_name_its_operation(tmp_path: Path) -> None:
    assert loaded(tmp_path, VALID).kernel("matmul").operation is None
    lab = loaded(tmp_path, VALID.replace("points = {", 'operation = "matmul"\npoints = {'))
    assert lab.kernel("matmul").operation == "matmul"


def test_vector_use_is_a_share_of_a_case_of_its_own(tmp_path: Path) -> None:
    vector = SPEEDUP.replace("speedup", "vector").replace("zero = 1.5", "zero = 0.5")
    vector = vector.replace("full = 6.0", "full = 0.9")
    lab = loaded(tmp_path, HEAD + KERNELS + vector)
    assert lab.measurements[0].id == "matmul.vector"
    assert lab.stepped_cases == {"matmul/512"}
    both = (SPEEDUP + vector).replace("points = 60", "points = 30")
    assert loaded(tmp_path, HEAD + KERNELS + both).stepped_cases == frozenset()
    with pytest.raises(ManifestError, match="a vector measurement needs threads = 1"):
        loaded(tmp_path, HEAD.replace("threads = 1", "threads = 2") + KERNELS + vector)


def test_memory_is_an_amount_of_which_less_is_better(tmp_path: Path) -> None:
    memory = SPEEDUP.replace("speedup", "memory").replace("zero = 1.5", "zero = 32")
    (measurement,) = loaded(tmp_path, HEAD + KERNELS + memory).measurements
    assert (measurement.id, measurement.zero, measurement.full) == ("matmul.memory", 32, 6)
    assert loaded(tmp_path, HEAD + KERNELS + memory).memory_cases == {"matmul/512"}
    with pytest.raises(ManifestError, match=r"full \(6\) must be less than zero \(0.5\)"):
        loaded(tmp_path, HEAD + KERNELS + memory.replace("zero = 32", "zero = 0.5"))
    with pytest.raises(ManifestError, match="full: Input should be greater than 0"):
        loaded(tmp_path, HEAD + KERNELS + memory.replace("full = 6.0", "full = 0"))
    with pytest.raises(ManifestError, match="a memory measurement needs threads = 1"):
        loaded(tmp_path, HEAD.replace("threads = 1", "threads = 2") + KERNELS + memory)


def test_a_measurement_is_named_after_kernel_and_kind(tmp_path: Path) -> None:
    assert loaded(tmp_path, VALID).measurements[0].id == "matmul.speedup"


def test_a_share_may_earn_points_below_one(tmp_path: Path) -> None:
    share = SPEEDUP.replace("speedup", "vector").replace("zero = 1.5", "zero = 0.5")
    (measurement,) = loaded(tmp_path, HEAD + KERNELS + share).measurements
    assert (measurement.id, measurement.zero) == ("matmul.vector", 0.5)


def test_bandwidth_counts_for_kernels_that_are_known_to_use_vectors(tmp_path: Path) -> None:
    half = SPEEDUP.replace("points = 60", "points = 30")
    vector, bandwidth = (half.replace("speedup", kind) for kind in ("vector", "bandwidth"))
    assert len(loaded(tmp_path, HEAD + KERNELS + vector + bandwidth).measurements) == 2
    with pytest.raises(ManifestError, match='needs a measurement of kind "vector" before it'):
        loaded(tmp_path, HEAD + KERNELS + bandwidth + vector)


def test_measurements_that_would_share_a_name_carry_their_case(tmp_path: Path) -> None:
    half = SPEEDUP.replace("points = 60", "points = 30")
    lab = loaded(tmp_path, HEAD + KERNELS + half + half.replace("matmul/512", "matmul/64"))
    assert [m.id for m in lab.measurements] == ["matmul.speedup/512", "matmul.speedup/64"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("points = 60", "points = 50"), "points: must sum to 100"),
        (("points = 60", "points = nan"), "measurements[0].points"),
        (("zero = 1.5", "zero = 6.0"), "full (6) must be greater than zero (6)"),
        (("zero = 1.5", "zero = 0.5"), "zero (0.5) must be 1 at least"),
        (("zero = 1.5", "zero = 0.0"), "measurements[0].zero"),
        (("full = 6.0", "full = inf"), "measurements[0].full"),
        (('kernel = "matmul"', 'kernel = "matmull"'), 'did you mean "matmul"?'),
        (("points = {", 'hints = ["nudge"]\npoints = {'), "kernels[0].hints: is not a key"),
        (("points = {", 'operation = "../x"\npoints = {'), "kernels[0].operation: "),
        (('["kernels.cpp"]', '["../kernels.cpp"]'), "plain name"),
        (('["kernels.cpp"]', '["kernels.py"]'), "plain name"),
        (('["kernels.cpp"]', "[]"), "files"),
        (('["kernels.cpp"]', '["a.cpp", "a.cpp"]'), "files must be unique"),
        (('["-O3", ', '["-O3 -g", '), "one string a flag"),
        (("threads = 1", "threads = 0"), "threads"),
        (("threads = 1", "thread = 1"), "threads: is missing: add it"),
        (("threads = 1", "threads = 1\ncolour = 1"), "colour: is not a key"),
        (("speedup", "speed"), "measurements[0].kind"),
        (("speedup", "cache_misses"), "cache: a cache_misses measurement needs a [cache]"),
        ((KERNELS, KERNELS + KERNELS), "kernels: the name must be unique"),
        (("title =", "title"), "is not TOML"),
        (('["kernels.cpp"]', '["answers.toml"]'), "files: one at least must be compiled"),
        (('["kernels.cpp"]', '["kernels.cpp", "answers.toml"]'), "questions: a lab that has some"),
        (('["kernels.cpp"]', '["kernels.cpp", "other.toml"]'), "plain name"),
    ],
)
def test_a_mistake_names_file_key_and_mend(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    text = VALID.replace(*change)
    assert text != VALID
    with pytest.raises(ManifestError) as caught:
        loaded(tmp_path, text)
    assert str(tmp_path / "lab.toml") in caught.value.message
    assert complaint in caught.value.message
    assert "./lab verify" in caught.value.help


QUESTIONS = """
[[questions]]
kind = "bottleneck"
name = "saxpy"
title = "saxpy of 1000 elements"
points = 4
flops = 2e3
bytes = 12e3

[[questions]]
kind = "prediction"
name = "faster"
title = "how many times as fast?"
points = 6
measurement = "matmul.speedup"
"""
ASKING = VALID.replace('["kernels.cpp"]', '["kernels.cpp", "answers.toml"]').replace(
    "points = 60", "points = 50"
)


def test_questions_are_answered_in_a_file_that_is_not_compiled(tmp_path: Path) -> None:
    lab = loaded(tmp_path, ASKING + QUESTIONS)
    assert lab.sources == ("kernels.cpp",)
    saxpy, faster = lab.questions
    assert isinstance(saxpy, manifest.BottleneckQuestion)
    assert saxpy.intensity == pytest.approx(1 / 6)
    assert isinstance(faster, manifest.PredictionQuestion)
    assert (faster.measurement, faster.within) == ("matmul.speedup", 1.25)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("points = 4", "points = 3"), "measurements 50 and questions 9: 99"),
        (("points = 4", "points = 0"), "questions[0].bottleneck.points"),
        (('"bottleneck"', '"riddle"'), "'bottleneck', 'prediction'"),
        (("flops = 2e3", ""), "questions[0].bottleneck.flops: is missing"),
        (("bytes = 12e3", "bytes = 0"), "questions[0].bottleneck.bytes"),
        (("bytes = 12e3", "bytes = inf"), "questions[0].bottleneck.bytes"),
        (('"saxpy"', '"a b"'), "questions[0].bottleneck.name"),
        (('"saxpy"', '"faster"'), "questions: the name must be unique"),
        (('"matmul.speedup"', '"matmul.sped"'), 'did you mean "matmul.speedup"?'),
        (('"matmul.speedup"', '"matmul.speedup"\nwithin = 1'), "questions[1].prediction.within"),
        (('"matmul.speedup"', '"matmul.speedup"\nwithin = 9'), "questions[1].prediction.within"),
    ],
)
def test_a_mistake_in_a_question_is_named(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    assert change[0] in QUESTIONS
    with pytest.raises(ManifestError) as caught:
        loaded(tmp_path, ASKING + QUESTIONS.replace(*change))
    assert complaint in caught.value.message


def test_questions_without_a_file_to_answer_in_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"has answers\.toml in files"):
        loaded(tmp_path, ASKING.replace(', "answers.toml"', "") + QUESTIONS)


def test_two_equal_cases_are_refused(tmp_path: Path) -> None:
    half = SPEEDUP.replace("points = 60", "points = 30")
    with pytest.raises(ManifestError, match=r"matmul\.speedup/512"):
        loaded(tmp_path, HEAD + KERNELS + half + half)


def test_cache_misses_with_a_geometry_are_accepted(tmp_path: Path) -> None:
    lab = loaded(tmp_path, HEAD + KERNELS + MISSES + CACHE)
    assert lab.cache is not None
    assert lab.cache.d1.ways == 8


def test_a_cache_must_have_whole_sets(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="powers of two"):
        loaded(tmp_path, HEAD + KERNELS + MISSES + CACHE.replace("32768", "32000"))


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="cannot be read"):
        manifest.load(tmp_path / "lab.toml")


def test_used_kernels_are_listed(tmp_path: Path) -> None:
    assert loaded(tmp_path, VALID).uses == ()
    text = VALID.replace("threads = 1", 'threads = 1\nuses = ["lab03::gelu", "lab05::gelu"]')
    assert loaded(tmp_path, text).uses == ("lab03::gelu", "lab05::gelu")


@pytest.mark.parametrize(
    ("uses", "complaint"),
    [
        ('["gelu"]', 'uses[0]: "gelu" must name a lab and a kernel of it, such as "lab03::gelu"'),
        ('["lab3::gelu"]', '"lab3::gelu" must name a lab'),
        ('["lab03::Gelu"]', '"lab03::Gelu" must name a lab'),
        ('["lab03::gelu\\n"]', "must name a lab"),
        ('["lab03::gelu", "lab03::gelu"]', "uses must be unique, but is repeated: lab03::gelu"),
        ('"lab03::gelu"', "uses: Input should be a valid tuple"),
    ],
)
def test_what_names_no_used_kernel_is_refused(tmp_path: Path, uses: str, complaint: str) -> None:
    with pytest.raises(ManifestError) as caught:
        loaded(tmp_path, VALID.replace("threads = 1", f"threads = 1\nuses = {uses}"))
    assert complaint in caught.value.message


def test_a_lab_with_threads_uses_no_others(tmp_path: Path) -> None:
    text = VALID.replace("threads = 1", 'threads = 2\nuses = ["lab03::gelu"]')
    with pytest.raises(ManifestError, match="uses: only a lab with threads = 1"):
        loaded(tmp_path, text)


HINTS = 'matmul = ["nudge", "push", "nearly there"]\nrelu = ["a", "b", "c"]\n'


def hints(tmp_path: Path, text: str) -> manifest.Hints:
    path = tmp_path / "02_blocking.toml"
    path.write_text(text, encoding="utf-8")
    return manifest.load_hints(path, ["matmul", "relu"])


def test_hints_are_found_by_kernel(tmp_path: Path) -> None:
    assert hints(tmp_path, HINTS)["matmul"] == ("nudge", "push", "nearly there")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('"push", ', ""), "matmul: Tuple should have at least 3 items"),
        (('"push", ', '"push", "shove", '), "matmul: Tuple should have at most 3 items"),
        (('"push"', '""'), "matmul[1]: "),
        (("matmul", "matmull"), 'there is no kernel "matmull"; did you mean "matmul"?'),
        (("matmul", "matmull"), "matmul: has no hints: add 3"),
        (("relu =", "# relu ="), "relu: has no hints: add 3"),
        (("relu =", "relu"), "is not TOML"),
    ],
)
def test_hints_that_do_not_fit_the_kernels_are_refused(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    with pytest.raises(ManifestError) as caught:
        hints(tmp_path, HINTS.replace(*change))
    assert str(tmp_path / "02_blocking.toml") in caught.value.message
    assert complaint in caught.value.message
    assert "./lab verify" in caught.value.help


def test_missing_hints_are_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="cannot be read"):
        manifest.load_hints(tmp_path / "02_blocking.toml", ["matmul"])
