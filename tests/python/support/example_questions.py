"""A lab with questions, and its answers.toml."""

from pathlib import Path

from rooflab.course.course import Lab
from rooflab.course.manifest import (
    BottleneckQuestion,
    Kernel,
    KernelPoints,
    Manifest,
    Measurement,
    MeasurementKind,
    PredictionQuestion,
)

MI = 1 << 20
SAXPY = BottleneckQuestion(
    kind="bottleneck",
    name="saxpy",
    title="saxpy of 4 Mi elements in fp32",
    points=2,
    flops=8 * MI,
    bytes=48 * MI,
)
PRODUCT = BottleneckQuestion(
    kind="bottleneck",
    name="product",
    title="a product of 512×512 by 512×512 in fp32",
    points=3,
    flops=256 * MI,
    bytes=3 * MI,
)
SPEEDUP = PredictionQuestion(
    kind="prediction",
    name="speedup",
    title="how many times as fast as the baseline is your softmax?",
    points=5,
    measurement="softmax.speedup",
)
MEASURED = Measurement(
    kind=MeasurementKind.SPEEDUP,
    kernel="softmax",
    case="softmax/512",
    points=60,
    zero=1.5,
    full=6,
)
MANIFEST = Manifest(
    title="Profiling",
    summary="Know where the time goes.",
    files=("kernels.cpp", "answers.toml"),
    flags=("-O3",),
    threads=1,
    kernels=(Kernel(name="softmax", points=KernelPoints(public=15, hidden=15)),),
    measurements=(MEASURED,),
    questions=(SAXPY, PRODUCT, SPEEDUP),
)
STUB = f"""# {SAXPY.title}
saxpy = ""

# {PRODUCT.title}
product = ""

# how many times as fast as the baseline
# is your softmax?
speedup = 0.0
"""


def lab_with_questions(root: Path = Path("/nowhere"), manifest: Manifest = MANIFEST) -> Lab:
    lab = Lab(root, "06_profiling")
    lab.__dict__["manifest"] = manifest  # in place of the file's
    return lab
