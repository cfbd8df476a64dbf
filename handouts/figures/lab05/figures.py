"""What lab 05's figures show, measured."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from figure import Figure, Series
from programs import ROOT, Program, build, rows_printed_by

if TYPE_CHECKING:
    from quantized import Doubles, Scheme

# Modules that need packages are imported where they are used: see measure.check_packages().
sys.path.insert(0, str(ROOT / "labs" / "testing" / "digits"))

HERE = Path(__file__).resolve().parent
LAB = "05_quantization"

BITS = range(2, 9)
# Percent of the hidden activations that lie beyond the range.
BEYOND = (10, 7, 5, 3, 2, 1.5, 1, 0.7, 0.5, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.03, 0.02, 0.01,
          0.005, 0.002, 0.001, 0)  # fmt: skip


def kernels_of(lab: str) -> Path:
    """The solution; of a student's copy, which has none, the student's own."""
    solution = ROOT / "solutions" / lab / "kernels.cpp"
    return solution if solution.exists() else ROOT / "labs" / lab / "kernels.cpp"


def bits(_: Path) -> Series:
    """What is right of all images, and the error of the weights, against the weights' bits."""
    from quantized import Scheme, hits
    from stored import read_digits, read_networks

    digits, dense = read_digits(), read_networks("dense")
    rows: Series = {"fp32": [{"right": sum(hits(digits, dense)), "images": len(digits.labels)}]}
    for name, per_channel in (("per tensor", False), ("per channel", True)):
        schemes = {n: Scheme(name, 2 ** (n - 1) - 1, per_channel) for n in BITS}
        rows[name] = [
            {
                "bits": n,
                "largest": scheme.largest,
                "right": sum(hits(digits, dense, scheme)),
                "error": weight_error(scheme),
            }
            for n, scheme in schemes.items()
        ]
    return rows


def weight_error(scheme: Scheme) -> float:
    """RMS error of the weights of all dense networks, relative to their RMS."""
    import numpy as np
    from stored import read_networks

    errors = weights = 0.0
    for network in read_networks("dense"):
        for w in (network.w1, network.w2):
            q, scale = scheme.weights(w)
            errors += float(np.sum((q * scale - w) ** 2))
            weights += float(np.sum(w.astype(np.float64) ** 2))
    return float(np.sqrt(errors / weights))


def clipping(_: Path) -> Series:
    """RMS error of the hidden activations, relative to their RMS, against the percentile that their
    range ends at: by rounding, by clipping, by both. Also what is then right, with weights of 8
    bits per channel."""
    import numpy as np
    from quantized import Scheme, hidden, hits
    from stored import read_digits, read_networks

    digits, dense = read_digits(), read_networks("dense")
    activations = [
        hidden(network, digits.outside(fold).pixels).astype(np.float64)
        for fold, network in enumerate(dense)
    ]
    percentiles = [100 - beyond for beyond in BEYOND]
    ranges = [np.percentile(h, percentiles) for h in activations]
    squares = sum(float(np.sum(h**2)) for h in activations)
    rows: Series = {}
    for n in (8, 4):
        rows[f"{n} bits"] = []
        for at, (percentile, beyond) in enumerate(zip(percentiles, BEYOND, strict=True)):
            parts = [
                squared_errors(h, float(reach[at]), 2**n - 1)
                for h, reach in zip(activations, ranges, strict=True)
            ]
            rounded, clipped = (sum(part) / squares for part in zip(*parts, strict=True))
            scheme = Scheme("", 127, True, percentile, 2**n - 1)
            rows[f"{n} bits"].append(
                {
                    "percentile": percentile,
                    "beyond": beyond,
                    "rounding": rounded**0.5,
                    "clipping": clipped**0.5,
                    "error": (rounded + clipped) ** 0.5,
                    "right": sum(hits(digits, dense, scheme)),
                }
            )
    return rows


def squared_errors(h: Doubles, reach: float, largest: int) -> tuple[float, float]:
    """Summed over what is within the range, and over what is beyond it."""
    import numpy as np

    scale = reach / largest
    squared = (np.clip(np.rint(h / scale), 0, largest) * scale - h) ** 2
    within = h <= reach
    return float(np.sum(squared[within])), float(np.sum(squared[~within]))


def sparse(_: Path) -> Series:
    """ns of a sparse product against the share of zeros in percent, and of the dense one."""
    dense = Program("sparse_dense", (kernels_of("03_simd"),), lab="03_simd")
    sources = (HERE / "sparse_cases.cpp", kernels_of(LAB))
    flags = (f"-I{ROOT}",)
    program = Program("sparse", sources, LAB, flags, parts=(dense,), own_main=True)
    build([program])
    return rows_printed_by(program.bench)


def models(_: Path) -> Series:
    """Of each model: what it gets right in each fold and in all, and its bytes. And ns for all
    images in fp32 and in whole numbers."""
    drivers = ROOT / "labs" / LAB / "drivers.cpp"
    sources = (HERE / "models_cases.cpp", kernels_of(LAB), drivers)
    program = Program("models", sources, LAB, own_main=True)
    build([program])
    return rows_printed_by(program.bench)


FIGURES = {
    "affine": Figure(),
    "bits": Figure(bits, 5),
    "clipping": Figure(clipping, 10),
    "sparse": Figure(sparse, 30),
    # Of a table, not of a figure.
    "models": Figure(models, 30, drawn=False),
}
