"""The report: the one document that a grade is (`rooflab/report/v1`); every format derives from it.

Points are `None` where nothing could be measured: never 0 and never full.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA: Literal["rooflab/report/v1"] = "rooflab/report/v1"
COLLECTION_SCHEMA: Literal["rooflab/reports/v1"] = "rooflab/reports/v1"


class Tier(StrEnum):
    """How far a result can be trusted."""

    LOCAL = "local"
    CI = "ci"
    OFFICIAL = "official"


class Status(StrEnum):
    """How a lab's grading ended."""

    GRADED = "graded"
    INCONCLUSIVE = "inconclusive"  # this machine could not measure fairly just now: no grade
    ERROR = "error"  # the grader itself failed


class CheckKind(StrEnum):
    BUILD = "build"
    CORRECTNESS = "correctness"
    RACES = "races"
    SPEEDUP = "speedup"
    CACHE_MISSES = "cache_misses"
    BANDWIDTH = "bandwidth"
    VECTOR = "vector"
    EFFICIENCY = "efficiency"
    MEMORY = "memory"
    USES = "uses"  # whose kernel of an earlier lab is used; no points
    ANSWER = "answer"


class CheckStatus(StrEnum):
    PASS = "pass"
    PARTIAL = "partial"
    FAIL = "fail"
    ERROR = "error"
    SKIPPED = "skipped"
    UNMEASURED = "unmeasured"


class Reason(StrEnum):
    """Why a check did not pass."""

    MISSING_FILE = "missing_file"
    EMPTY_FILE = "empty_file"
    REJECTED_FILE = "rejected_file"  # not a regular file, too large, …
    BUILD_FAILED = "build_failed"
    UNDEFINED_KERNEL = "undefined_kernel"  # compiles, but defines no such function
    WRONG_RESULT = "wrong_result"
    CRASHED = "crashed"
    EXITED = "exited"  # ended by itself before the tests had
    TIMED_OUT = "timed_out"
    TOO_MUCH_OUTPUT = "too_much_output"
    TOO_MUCH_MEMORY = "too_much_memory"  # more than it may have, or than full marks allow
    INPUT_MODIFIED = "input_modified"
    OUT_OF_BOUNDS = "out_of_bounds"
    FORBIDDEN_SYSCALL = "forbidden_syscall"
    TOO_FAST = "too_fast"  # faster than the machine can be
    TOO_MANY_THREADS = "too_many_threads"
    DATA_RACE = "data_race"
    EVADES_TOOL = "evades_tool"  # speaks to ThreadSanitizer, which looks for its data races
    ONE_PROCESSOR = "one_processor"  # where threads are to be measured
    NO_TOOL = "no_tool"  # ThreadSanitizer does not work on this machine
    NOT_PORTABLE = "not_portable"  # needs more than the emulated processor has
    TOO_SLOW = "too_slow"  # no faster than `zero`
    NOT_VECTORIZED = "not_vectorized"  # works on numbers one by one, or on narrow vectors
    NOT_TRACEABLE = "not_traceable"  # this system lets nobody look at a worker
    KERNEL_WRONG = "kernel_wrong"  # a wrong kernel earns nothing for its speed
    REPLACED = "replaced"  # the baseline's kernel of an earlier lab is used in place of its own
    REFERENCE_SLOW = "reference_slow"  # the reference is not at full marks: unfit machine
    UNANSWERED = "unanswered"
    INVALID_ANSWER = "invalid_answer"  # another type or word than is asked for, or no TOML
    WRONG_ANSWER = "wrong_answer"
    NO_MEASUREMENT = "no_measurement"  # that an answer could be compared with
    NO_HIDDEN_TESTS = "no_hidden_tests"
    NOISY = "noisy"
    INTERNAL = "internal"


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cause(Model):
    """Why, in words for the student. `rationale` says what happened, `help` what to do next."""

    reason: Reason
    rationale: str
    help: str = ""
    expected: str | None = None
    actual: str | None = None
    # Of a call that hangs, as the harness tells it, for rooflab.measure.thread_states to put into
    # words; no part of a report.
    threads: str = Field(default="", exclude=True)


Data = dict[str, float | int | str | None]  # measured figures, with units in their names


class Location(Model):
    """Where in what was handed in a check has its cause: a file below the folder handed in, such as
    labs/02_blocking/kernels.cpp. Lines count from 1; None is not known."""

    file: str
    line: int | None = None


class Check(Model):
    """One line of the report."""

    id: str
    kind: CheckKind
    title: str
    status: CheckStatus
    points: float | None
    max_points: float
    visibility: Literal["public", "hidden"] = "public"
    cause: Cause | None = None
    data: Data = Field(default_factory=dict)
    location: Location | None = None  # of what did not pass


class Cache(Model):
    level: int
    type: str
    size_bytes: int
    line_bytes: int
    ways: int


class Machine(Model):
    cpu: str
    cores: int
    isa: tuple[str, ...]
    caches: tuple[Cache, ...]
    virtualized: bool | None
    hardware_counters: str  # "available", or "unmeasured: why"
    sandbox: dict[str, str]
    peak_gflops: float | None = None  # None: unmeasured
    bandwidth_gbs: float | None = None


class Report(Model):
    schema_: Literal["rooflab/report/v1"] = Field(default=SCHEMA, alias="schema")
    lab: str
    title: str
    tier: Tier
    status: Status
    score: float | None
    max_score: float
    student: str | None = None  # whose work it is, where that is known
    commit: str | None = None
    submitted_at: str | None
    graded_at: str
    rooflab_version: str
    seed_commitment: str  # SHA-256 of the session's secret seed
    machine: Machine
    reason: str = ""  # why the status is not `graded`
    checks: tuple[Check, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def to_json(self) -> str:
        """The document, indented, keys as the schema names them."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"


class ReportCollection(Model):
    """What `grade --all --json FILE` writes."""

    schema_: Literal["rooflab/reports/v1"] = Field(default=COLLECTION_SCHEMA, alias="schema")
    labs: tuple[Report, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def to_json(self) -> str:
        """The document, indented, keys as the schema names them."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"
