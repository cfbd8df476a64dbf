"""A lab's manifest, lab.toml: what is edited, how it is built, what is graded and for how much. And
its hints, which lie apart, so that who looks up the points does not see them."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from rooflab.base.errors import ManifestError

Document = TypeVar("Document")
ANSWERS = "answers.toml"  # what students answer questions in
HINT_STAGES = 3
TOTAL_POINTS = 100


def _file_name(name: str) -> str:
    if name != ANSWERS and not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*\.(cpp|h)", name):
        raise ValueError(
            f'"{name}" must be a plain name that ends in .cpp or .h, with no folder, or {ANSWERS}'
        )
    return name


def _flag(flag: str) -> str:
    if not re.fullmatch(r"-[!-~]+", flag):
        raise ValueError(f'"{flag}" must begin with "-" and hold no spaces: one string a flag')
    return flag


def _used(name: str) -> str:
    if not re.fullmatch(r"lab\d\d::[a-z][a-z0-9_]*", name):
        raise ValueError(f'"{name}" must name a lab and a kernel of it, such as "lab03::gelu"')
    return name


FileName = Annotated[str, AfterValidator(_file_name)]
UsedKernel = Annotated[str, AfterValidator(_used)]
Flag = Annotated[str, AfterValidator(_flag)]
KernelName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]
Hints = dict[
    KernelName,
    Annotated[tuple[Text, ...], Field(min_length=HINT_STAGES, max_length=HINT_STAGES)],
]
Points = Annotated[float, Field(ge=0, le=TOTAL_POINTS, allow_inf_nan=False)]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KernelPoints(Model):
    """Points for a kernel's correctness: all or nothing for each suite, and for having no data
    race in them."""

    public: Points
    hidden: Points
    races: Points = 0

    @property
    def sum(self) -> float:
        return math.fsum((self.public, self.hidden, self.races))


class Kernel(Model):
    name: KernelName
    points: KernelPoints
    # The mistakes that it is tested with: a folder of grader/hidden/operations.
    operation: KernelName | None = None
    # What its speedup is over, where that is other work than the baseline's kernel of its name: one
    # of kernels.def, with a case of the same size for each of its own.
    over: KernelName | None = None


class MeasurementKind(StrEnum):
    """What of a kernel is measured. The first two are factors over the baseline, so that no gain is
    1; memory is an amount, of which less is better; the others are shares of what could be
    reached."""

    SPEEDUP = "speedup"
    CACHE_MISSES = "cache_misses"
    BANDWIDTH = "bandwidth"  # over that of a plain copy of as many bytes
    VECTOR = "vector"  # of executed floating-point instructions, those on vectors of 256 bits
    EFFICIENCY = "efficiency"  # of what as many threads can gain on this machine
    MEMORY = "memory"  # MiB that a call needs besides its inputs and outputs

    @property
    def is_factor(self) -> bool:
        return self in (MeasurementKind.SPEEDUP, MeasurementKind.CACHE_MISSES)

    @property
    def less_is_better(self) -> bool:
        return self is MeasurementKind.MEMORY

    @property
    def unit(self) -> str:
        """What stands behind a figure of this kind."""
        return " MiB" if self is MeasurementKind.MEMORY else "×"


class Measurement(Model):
    """A case of bench.cpp that earns points: none at `zero`, all at `full`, which are times the
    baseline, a share or MiB."""

    kind: MeasurementKind
    kernel: str
    case: Text
    points: Annotated[Points, Field(gt=0)]
    zero: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    full: Annotated[float, Field(gt=0, allow_inf_nan=False)]

    _id_names_case: bool = PrivateAttr(default=False)

    @property
    def id(self) -> str:
        """The check's id: "matmul.speedup", or "matmul.speedup/512" where two would share it."""
        short = f"{self.kernel}.{self.kind.value}"
        case = self.case.removeprefix(f"{self.kernel}/")
        return f"{short}/{case}" if self._id_names_case else short

    @model_validator(mode="after")
    def _ramp_rises(self) -> Measurement:
        less = self.kind.less_is_better
        if self.full == self.zero or (self.full < self.zero) is not less:
            wanted = f"{'less' if less else 'greater'} than zero ({self.zero:g})"
            raise ValueError(f"full ({self.full:g}) must be {wanted}")
        if self.zero < 1 and self.kind.is_factor:
            raise ValueError(f"zero ({self.zero:g}) must be 1 at least: no gain earns nothing")
        return self


class BottleneckQuestion(Model):
    """Whether memory or arithmetic limits one core at this work, by the roof that was measured in
    the session. The answer is a word."""

    kind: Literal["bottleneck"]
    name: KernelName
    title: Text  # the work in words
    points: Annotated[Points, Field(gt=0)]
    flops: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    bytes: Annotated[float, Field(gt=0, allow_inf_nan=False)]  # from and to memory

    @property
    def intensity(self) -> float:
        """Flop per byte."""
        return self.flops / self.bytes


class PredictionQuestion(Model):
    """What a measurement of the lab will show. The answer is a number; it is right when what is
    measured is at most `within` times as much, and at least as much divided by `within`."""

    kind: Literal["prediction"]
    name: KernelName
    title: Text
    points: Annotated[Points, Field(gt=0)]
    measurement: str  # its id
    within: Annotated[float, Field(gt=1, le=2)] = 1.25


Question = Annotated[BottleneckQuestion | PredictionQuestion, Field(discriminator="kind")]


class CacheGeometry(Model):
    size_bytes: Annotated[int, Field(gt=0)]
    ways: Annotated[int, Field(gt=0)]
    line_bytes: Annotated[int, Field(gt=0)]

    @model_validator(mode="after")
    def _whole_sets(self) -> CacheGeometry:
        sets, rest = divmod(self.size_bytes, self.ways * self.line_bytes)
        if rest or sets.bit_count() != 1 or self.line_bytes.bit_count() != 1:
            raise ValueError(
                "size_bytes / (ways * line_bytes), the number of sets, and line_bytes must be "
                "powers of two"
            )
        return self


class EmulatedCaches(Model):
    """The caches of the emulated processor: first-level data, and last level."""

    d1: CacheGeometry
    ll: CacheGeometry


class Manifest(Model):
    title: Text
    summary: Text
    files: Annotated[tuple[FileName, ...], Field(min_length=1)]
    flags: tuple[Flag, ...]
    threads: Annotated[int, Field(ge=1)]
    # The student's own kernels of earlier labs that this one's may call (course.Lab.earlier).
    uses: tuple[UsedKernel, ...] = ()
    kernels: Annotated[tuple[Kernel, ...], Field(min_length=1)]
    measurements: tuple[Measurement, ...] = ()
    questions: tuple[Question, ...] = ()
    cache: EmulatedCaches | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The editable files that are compiled."""
        return tuple(name for name in self.files if name != ANSWERS)

    @property
    def looks_for_races(self) -> bool:
        return any(kernel.points.races for kernel in self.kernels)

    def kernel(self, name: str) -> Kernel:
        """The kernel of that name; KeyError when there is none."""
        for kernel in self.kernels:
            if kernel.name == name:
                return kernel
        raise KeyError(name)

    def baseline_case(self, case: str) -> str:
        """What the baseline does while a submission does `case`: the same, unless `over` says
        otherwise."""
        kernel, slash, size = case.partition("/")
        over = next((k.over for k in self.kernels if k.name == kernel), None)
        return f"{over}{slash}{size}" if over else case

    @property
    def stepped_cases(self) -> frozenset[str]:
        """Cases of which nothing but vector use is measured: calls of some microseconds."""
        return self._only_for(MeasurementKind.VECTOR)

    @property
    def memory_cases(self) -> frozenset[str]:
        """Cases of which nothing but memory is measured: as large as that takes."""
        return self._only_for(MeasurementKind.MEMORY)

    def _only_for(self, kind: MeasurementKind) -> frozenset[str]:
        others = {m.case for m in self.measurements if m.kind is not kind}
        return frozenset(m.case for m in self.measurements if m.kind is kind) - others

    @model_validator(mode="after")
    def _consistent(self) -> Manifest:
        names = [kernel.name for kernel in self.kernels]
        _reject_repeats("files", self.files)
        _reject_repeats("kernels: the name", names)
        _reject_repeats("uses", self.uses)
        if self.uses and self.threads > 1:
            raise ValueError("uses: only a lab with threads = 1 can use other labs' kernels")
        for measurement in self.measurements:
            if measurement.kernel not in names:
                raise ValueError(
                    f'measurements: there is no kernel "{measurement.kernel}"'
                    f"{did_you_mean(measurement.kernel, names)}"
                )
        self._name_cases_in_shared_ids()
        _reject_repeats("measurements: the case", [m.id for m in self.measurements])
        if self.cache is None and any(
            m.kind is MeasurementKind.CACHE_MISSES for m in self.measurements
        ):
            raise ValueError("cache: a cache_misses measurement needs a [cache] with d1 and ll")
        kinds = {measurement.kind for measurement in self.measurements}
        if MeasurementKind.VECTOR in kinds and self.threads > 1:
            raise ValueError("measurements: a vector measurement needs threads = 1")
        if MeasurementKind.MEMORY in kinds and self.threads > 1:
            raise ValueError("measurements: a memory measurement needs threads = 1")
        if MeasurementKind.EFFICIENCY in kinds and self.threads == 1:
            raise ValueError("measurements: efficiency is of threads: the lab has one")
        if self.looks_for_races and self.threads == 1:
            raise ValueError("kernels: points for races need threads: one thread has no races")
        self._reject_bandwidth_of_scalars()
        self._reject_lost_questions()
        self._reject_wrong_sum()
        return self

    def _name_cases_in_shared_ids(self) -> None:
        counts = Counter((m.kernel, m.kind) for m in self.measurements)
        for measurement in self.measurements:
            measurement._id_names_case = counts[measurement.kernel, measurement.kind] > 1

    def _reject_bandwidth_of_scalars(self) -> None:
        """Where memory is the limit, plain code is nearly as fast as any."""
        vectors = set()
        for measurement in self.measurements:
            if measurement.kind is MeasurementKind.VECTOR:
                vectors.add(measurement.kernel)
            elif (
                measurement.kind is MeasurementKind.BANDWIDTH and measurement.kernel not in vectors
            ):
                raise ValueError(
                    f"measurements: the bandwidth of {measurement.kernel} needs a measurement of "
                    'kind "vector" before it: plain code would earn it, too'
                )

    def _reject_lost_questions(self) -> None:
        """Those that nobody could answer, or that nothing could be compared with."""
        if not self.sources:
            raise ValueError("files: one at least must be compiled")
        if bool(self.questions) != (ANSWERS in self.files):
            raise ValueError(
                f"questions: a lab that has some, and no other, has {ANSWERS} in files"
            )
        _reject_repeats("questions: the name", [question.name for question in self.questions])
        ids = [measurement.id for measurement in self.measurements]
        for question in self.questions:
            if isinstance(question, PredictionQuestion) and question.measurement not in ids:
                raise ValueError(
                    f'questions: there is no measurement "{question.measurement}"'
                    f"{did_you_mean(question.measurement, ids)}"
                )

    def _reject_wrong_sum(self) -> None:
        correctness = math.fsum(k.points.sum for k in self.kernels)
        measured = math.fsum(m.points for m in self.measurements)
        asked = math.fsum(q.points for q in self.questions)
        together = correctness + measured + asked
        if abs(together - TOTAL_POINTS) > 1e-9:
            questions = f" and questions {asked:g}" if asked else ""
            raise ValueError(
                f"points: must sum to {TOTAL_POINTS}, but kernels have {correctness:g} and "
                f"measurements {measured:g}{questions}: {together:g}"
            )


def load(path: Path) -> Manifest:
    """The manifest in `path`. ManifestError names the file, the key and the fix."""
    return _validated(path, TypeAdapter(Manifest))


def load_hints(path: Path, kernels: Sequence[str]) -> Hints:
    """The hints in `path`, by kernel. ManifestError unless each of the kernels has its three."""
    hints = _validated(path, TypeAdapter(Hints))
    unknown = [
        f'there is no kernel "{name}"{did_you_mean(name, list(kernels))}'
        for name in hints
        if name not in kernels
    ]
    missing = [f"{name}: has no hints: add {HINT_STAGES}" for name in kernels if name not in hints]
    if unknown or missing:
        raise wrong(path, unknown + missing)
    return hints


def _validated(path: Path, model: TypeAdapter[Document]) -> Document:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path}: cannot be read: {error}", _restore(path)) from error
    try:
        return model.validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"{path}: is not TOML: {error}", _correct(path)) from error
    except ValidationError as error:
        found = [_sentence(detail) for detail in error.errors(include_url=False)]
        raise wrong(path, found) from error


def wrong(path: Path, findings: Sequence[str]) -> ManifestError:
    """The error for what was found in a manifest, or in another of a lab's TOML files."""
    return ManifestError(f"{path}:\n  " + "\n  ".join(findings), _correct(path))


def _restore(path: Path) -> str:
    return f"put {path.name} back: it is part of the course"


def _correct(path: Path) -> str:
    return f"correct {path}, then type: ./lab verify"


def _reject_repeats(what: str, values: list[str] | tuple[str, ...]) -> None:
    repeated = sorted(value for value, count in Counter(values).items() if count > 1)
    if repeated:
        raise ValueError(f"{what} must be unique, but is repeated: {', '.join(repeated)}")


def did_you_mean(word: str, known: list[str]) -> str:
    """What is added to a message about a word that is none of the known ones."""
    close = get_close_matches(word, known, n=1)
    return f'; did you mean "{close[0]}"?' if close else f"; there are: {', '.join(known)}"


def _sentence(detail: Any) -> str:
    """One finding of pydantic as "key: what is wrong, and the fix"."""
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"])
    key = key.removeprefix(".")
    match detail["type"]:
        case "missing":
            problem = "is missing: add it"
        case "extra_forbidden":
            problem = "is not a key that the manifest has: correct its spelling or remove it"
        case "value_error":
            problem = str(detail["ctx"]["error"])
        case _:
            problem = f"{detail['msg']}, but is {detail['input']!r:.60}"
    return f"{key}: {problem}" if key else problem
