"""Links objects of a submission into a worker, in the sandbox that they were compiled in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rooflab.base.process import Ending, Finished
from rooflab.base.text import sanitize
from rooflab.compile import objects
from rooflab.compile.objects import Tools, excerpt
from rooflab.compile.trusted import LabBuild
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause, Reason

WORKER = "worker"


def link_worker(
    tools: Tools, submission: SubmittedFiles, parts: Sequence[str], link: Sequence[str] = ()
) -> Cause | None:
    """Links `parts` with what a worker of the lab is made of, or with what `link` says, in the
    tools' folder; or says why it cannot. A worker is static: it needs no file to start."""
    link = link or ("-static", *tools.trusted.worker_objects)
    linked = [part for part in link if not part.startswith("-")]
    done = tools.compiler([*parts, *link, "-o", WORKER], linked)
    if done.succeeded:
        return None
    tools.check_machine()
    return _does_not_link(tools.trusted, submission, done)


def _does_not_link(trusted: LabBuild, submission: SubmittedFiles, done: Finished) -> Cause:
    output = sanitize(done.stderr)
    missing = sorted(set(re.findall(r"undefined reference to `(lab\d\d::[\w:~]+)\(", output)))
    twice = sorted(set(re.findall(r"multiple definition of `([^'(]+)", output)))
    if foreign := [name for name in missing if not name.startswith(f"{trusted.lab.namespace}::")]:
        return Cause(
            reason=Reason.UNDEFINED_KERNEL,
            rationale=f"it compiles, but calls {', '.join(foreign)}, which lab {trusted.lab.id} "
            "does not use",
            help=f"kernels of earlier labs that it may call: {_used(trusted) or 'none'}",
        )
    if missing:
        return Cause(
            reason=Reason.UNDEFINED_KERNEL,
            rationale=f"it compiles, but does not define {', '.join(missing)}",
            help="define each kernel inside the lab's namespace, with exactly the parameters that "
            "kernels.h declares",
        )
    if again := [name for name in twice if name in trusted.lab.manifest.uses]:
        return Cause(
            reason=Reason.BUILD_FAILED,
            rationale=f"it defines {', '.join(again)}, which are those of an earlier lab",
            help="change them there, or give yours another name, in this lab's namespace",
        )
    if twice:
        return Cause(
            reason=Reason.BUILD_FAILED,
            rationale=f"it defines what the tests define too: {', '.join(twice)}",
            help="put your own helpers into an unnamed namespace, and write no main()",
        )
    why = "it compiles, but does not link"
    if done.ending is Ending.TIMED_OUT:
        why += f" in {objects.COMPILE_LIMITS.wall_s:g} s"
    return Cause(
        reason=Reason.BUILD_FAILED,
        rationale=f"{why}:\n{excerpt(trusted, submission, done)}",
        help="define each kernel inside the lab's namespace, as kernels.h declares it",
    )


def _used(trusted: LabBuild) -> str:
    return ", ".join(trusted.lab.manifest.uses)
