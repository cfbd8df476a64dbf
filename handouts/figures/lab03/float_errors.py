"""Rounding errors of the steps of exp and gelu, computed in floats as the processor does it.

A product of two floats is exact in double, so that a double's product and sum, rounded to float
once more, stand for a fused multiply-add (but for one rounding of 2⁻²⁹ of a float's, at most).
"""

from __future__ import annotations

import math

import numpy as np

Floats = np.ndarray[tuple[int], np.dtype[np.float32]]
Doubles = np.ndarray[tuple[int], np.dtype[np.float64]]

LN_2 = math.log(2)
HIGH = np.float32(LN_2)
LOW = np.float32(LN_2 - float(HIGH))


def fma(a: Floats | np.float32, b: Floats | np.float32, c: Floats | np.float32) -> Floats:
    exact = np.multiply(a, b, dtype=np.float64) + c
    return np.asarray(exact, dtype=np.float32)


def taylor(degree: int) -> list[float]:
    """The coefficients of q in e^r ≈ 1 + r + r²·q(r), from the constant up."""
    return [1 / math.factorial(k) for k in range(2, degree + 1)]


def fitted(degree: int) -> list[float]:
    """The same, but with the smallest relative error of all for |r| <= ln 2 / 2: least squares,
    whose weights grow where the error is largest (Lawson's method)."""
    r = LN_2 / 2 * np.cos(np.linspace(0, math.pi, 2000))
    r = r[np.abs(r) > 1e-6]
    powers = np.stack([r**k for k in range(2, degree + 1)], axis=1) / np.exp(r)[:, None]
    wanted = (np.exp(r) - 1 - r) / np.exp(r)
    weight = np.ones_like(r) / len(r)
    for _ in range(200):
        root = np.sqrt(weight)
        q, *_ = np.linalg.lstsq(powers * root[:, None], wanted * root, rcond=None)
        weight = weight * np.abs(powers @ q - wanted)
        weight /= weight.sum()
    return [float(coefficient) for coefficient in q]


def reduced(x: Floats, how: str) -> tuple[Floats, Floats]:
    """n and r of x = n·ln 2 + r, with ln 2 in two floats, in one, or in one without fma."""
    n = np.rint(x * np.float32(1 / LN_2))
    if how == "one, rounded":
        return n, x - n * HIGH
    r = fma(n, -HIGH, x)
    return n, fma(n, -LOW, r) if how == "two" else r


def power_of_two(n: Floats) -> Floats:
    """The float whose exponent's bits are n + 127, whatever n is."""
    biased = n.astype(np.int32) + 127
    return np.left_shift(biased, 23).view(np.float32)


def exp(x: Floats, q: list[float], reduction: str = "two", steps: int = 2) -> Floats:
    """e^x, with the coefficients of q, and 2ⁿ in one step or in two."""
    n, r = reduced(x, reduction)
    p = np.full_like(r, np.float32(q[-1]))
    for coefficient in reversed(q[:-1]):
        p = fma(p, r, np.float32(coefficient))
    p = fma(p, r * r, r) + np.float32(1)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        if steps == 1:
            return p * power_of_two(n)
        half = np.floor(n / 2)
        return p * power_of_two(half) * power_of_two(n - half)


def ulps_off(x: Floats, y: Floats) -> Doubles:
    """How far y is from e^x, in units in the last place of the result."""
    exact = np.exp(x.astype(np.float64))
    ulp = np.ldexp(1.0, np.frexp(exact)[1] - 24)
    return np.asarray(np.abs(y - exact) / ulp, dtype=np.float64)


def gelu_argument(x: Doubles) -> Doubles:
    """z of gelu(x) = 0.5·x·(1 + tanh z), in the precision of x."""
    one = x.dtype.type
    return one(math.sqrt(2 / math.pi)) * (x + one(0.044715) * x * x * x)


def gelu_errors(x: Floats) -> dict[str, Doubles]:
    """The relative error of both forms of gelu."""
    wide = x.astype(np.float64)
    exact = wide / (1 + np.exp(-2 * gelu_argument(wide)))
    z = gelu_argument(x)  # type: ignore[arg-type]
    one = np.float32(1)
    forms = {
        "tanh": np.float32(0.5) * x * (one + np.tanh(z)),
        "quotient": x / (one + exp(np.asarray(-2 * z, dtype=np.float32), fitted(6))),
    }
    return {name: np.abs(y / exact - 1) for name, y in forms.items()}
