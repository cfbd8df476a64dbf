"""What lab 06's statistics are tested against (labs/testing/operations/statistics_reference.cpp)
is what numpy and scipy say."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    ROOT / "tests" / "python" / "support" / "statistics_answers.cpp",
    ROOT / "labs" / "testing" / "operations" / "statistics_reference.cpp",
)
INCLUDES = ("labs/include", "labs/testing/include")
CLOSE = 1e-11  # the lab's tests allow 1e-9
BITS = 2**64 - 1
Samples = NDArray[np.floating[Any]]
Ask = Callable[[list[str]], list[list[float]]]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    program = tmp_path_factory.mktemp("statistics") / "answers"
    flags = ["-std=c++20", "-O1", *(f"-I{ROOT / name}" for name in INCLUDES)]
    subprocess.run(["c++", *flags, *SOURCES, "-o", program], check=True)

    def answers(questions: list[str]) -> list[list[float]]:
        done = subprocess.run(
            [program], input="\n".join(questions), capture_output=True, text=True, check=True
        )
        return [[float(number) for number in line.split()] for line in done.stdout.splitlines()]

    return answers


def words(*numbers: float | Samples) -> str:
    return " ".join(repr(float(n)) for part in numbers for n in np.atleast_1d(part))


def ask_p(ask: Ask, pairs: list[tuple[Samples, Samples]]) -> list[float]:
    answers = ask([f"p {x.size} {y.size} {words(x, y)}" for x, y in pairs])
    return [p for (p,) in answers]


def scipy_p(x: Samples, y: Samples) -> float:
    return float(mannwhitneyu(x, y).pvalue)


def drawn_pairs(count: int) -> Iterable[tuple[Samples, Samples]]:
    """Sizes on both sides of the limit of 8, with and without values that are equal."""
    random = np.random.default_rng(6)
    for i in range(count):
        m, n = random.integers(1, 13, 2) if i % 4 else random.integers(1, 80, 2)
        shift = random.uniform(-1, 1)
        if i % 2:
            yield random.normal(0, 1, m), random.normal(shift, 2, n)
        else:
            values = random.integers(2, 30)
            yield random.integers(0, values, m) * 1.0, random.integers(0, values, n) * 1.0


def test_p_is_that_of_scipy_on_drawn_samples(ask: Ask) -> None:
    pairs = list(drawn_pairs(1500))
    expected = [scipy_p(x, y) for x, y in pairs]
    assert ask_p(ask, pairs) == pytest.approx(expected, rel=CLOSE, abs=0)


@pytest.mark.parametrize("many", [1, 7, 8, 9, 50, 300])
@pytest.mark.parametrize("few", [1, 7, 8, 9])
def test_p_is_that_of_scipy_for_every_u(ask: Ask, few: int, many: int) -> None:
    """From all of x below y to all above, in about 20 steps."""
    steps = np.linspace(-few - 0.5, many + 0.5, 20)
    pairs = [(start + 0.9 * np.arange(few), np.arange(many) + 0.01) for start in steps]
    expected = [scipy_p(x, y) for x, y in pairs]
    assert ask_p(ask, pairs) == pytest.approx(expected, rel=CLOSE, abs=0)


def test_p_is_exact_beyond_64_bits(ask: Ask) -> None:
    """Counted here in whole numbers of any size, each from those of one value less."""
    m, n = 8, 1000
    x, y = np.arange(m) * 50 + 100.5, np.arange(n) * 1.0
    u = min(wins := sum(int(np.sum(a > y)) for a in x), m * n - wins)
    ways = [[1] + [0] * u for _ in range(n + 1)]  # ways[j][s]: none of m values yet, j of n
    for _ in range(m):
        rows = [[1] + [0] * u]
        for j in range(1, n + 1):
            less, before = rows[-1], ways[j]
            rows.append([less[s] + (before[s - j] if s >= j else 0) for s in range(u + 1)])
        ways = rows
    total = 1
    for i in range(1, m + 1):
        total = total * (n + i) // i
    assert ask_p(ask, [(x, y)]) == pytest.approx([2 * sum(ways[n]) / total], rel=1e-14, abs=0)


def test_p_of_samples_far_apart_has_all_its_digits(ask: Ask) -> None:
    pairs = [(np.arange(n) * 1.0, np.arange(n) + 1e3) for n in (9, 60, 400)]
    expected = [scipy_p(x, y) for x, y in pairs]
    assert ask_p(ask, pairs) == pytest.approx(expected, rel=CLOSE, abs=0)


def test_p_of_nine_against_nine_is_the_approximation(ask: Ask) -> None:
    (p,) = ask_p(ask, [(np.arange(9.0), np.arange(9.0) + 9)])
    assert p == pytest.approx(4.1e-4, rel=0.01)


def test_the_summary_is_that_of_numpy(ask: Ask) -> None:
    random = np.random.default_rng(7)
    all_samples = [random.uniform(-5, 50, size) for size in (*range(2, 40), 1000, 1001)]
    answers = ask([f"summary {s.size} {words(s)}" for s in all_samples])
    for s, answer in zip(all_samples, answers, strict=True):
        expected = [s.size, s.min(), np.median(s), s.mean(), s.std(ddof=1), s.max()]
        assert answer == pytest.approx(expected, rel=CLOSE)


def test_the_summary_of_one_sample_and_of_none(ask: Ask) -> None:
    assert ask(["summary 1 2.5", "summary 0"]) == [[1, 2.5, 2.5, 2.5, 0, 2.5], [0] * 6]


class RandomBits:
    """rooflab::RandomBits."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, n: int) -> int:
        self.state = self.state + 0x9E3779B97F4A7C15 & BITS
        z = (self.state ^ self.state >> 30) * 0xBF58476D1CE4E5B9 & BITS
        z = (z ^ z >> 27) * 0x94D049BB133111EB & BITS
        return ((z ^ z >> 31) >> 32) * n >> 32


def numpy_interval(
    baseline: Samples, optimized: Samples, confidence: float, resamples: int, bits: RandomBits
) -> list[float]:
    ratios = []
    for _ in range(resamples):
        before, after = (
            np.median(samples[[bits.below(samples.size) for _ in range(samples.size)]])
            for samples in (baseline, optimized)
        )
        ratios.append(before / after)
    tail = (1 - confidence) / 2
    return [float(q) for q in np.quantile(ratios, [tail, 1 - tail])]


def test_the_interval_is_that_of_numpy(ask: Ask) -> None:
    random = np.random.default_rng(8)
    questions, expected = [], []
    for seed in (0, 1, 2**64 - 1, *range(2, 12)):
        baseline = random.lognormal(1, 0.2, random.integers(1, 30))
        optimized = random.lognormal(0, 0.2, random.integers(1, 30))
        confidence, resamples = random.uniform(0.3, 0.999), int(random.integers(1, 300))
        sizes = f"{baseline.size} {optimized.size}"
        questions.append(
            f"interval {confidence!r} {resamples} {seed} {sizes} {words(baseline, optimized)}"
        )
        bits = RandomBits(seed)
        expected.append(numpy_interval(baseline, optimized, confidence, resamples, bits))
    assert np.array(ask(questions)) == pytest.approx(np.array(expected), rel=CLOSE)
