"""Failures as one message on standard error with an exit code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from krea_client.cli import console
from krea_client.cli.exit_codes import FAILED, USAGE
from krea_client.cli.extras import missing_extra
from krea_client.cli.inputs import InputLocation
from krea_client.errors import (
    AnswerError,
    KreaError,
    ModelGone,
    ModelUnknown,
    OutcomeUnknown,
    OverBudget,
    RequestInvalid,
    Unauthorized,
    Undocumented,
    WaitTimeout,
)

if TYPE_CHECKING:
    from krea_client.jobs import Job

# On the command line `looking_for_lost_jobs` says it.
_FOR_PROGRAMS = re.compile(r";? ?krea\.jobs\.candidates\([^)]*\) lists what it may be")


def say(text: str, code: int) -> int:
    """Write one message to standard error; return the code."""
    console.message(f"krea-client: {text}")
    return code


def say_missing(extra: str, purpose: str, missing: ModuleNotFoundError) -> int:
    """Name the extra to install; raise an import error of this package itself, which is a defect."""
    if missing.name is None or missing.name.startswith("krea_"):
        raise missing
    return say(missing_extra(extra, purpose), USAGE)


def notes_of(error: BaseException) -> list[str]:
    """Return the notes that the library added to an error, without the library's name."""
    return [note.removeprefix("krea-client: ") for note in getattr(error, "__notes__", ())]


def with_notes(error: BaseException) -> str:
    """Return the error's message with its notes, a line each, without the Python call that searches for lost jobs."""
    return "\n  ".join([_FOR_PROGRAMS.sub("", str(error)), *notes_of(error)])


def report(
    error: KreaError | OSError, locations: Mapping[str, InputLocation], *, has_sandbox_option: bool = True
) -> int:
    """Write what happened, with the file and line of each problem where they are known; return the exit code."""
    if isinstance(error, ModelUnknown):
        return _report_model(error)
    if isinstance(error, RequestInvalid):
        return _report_request(error, locations)
    if isinstance(error, WaitTimeout):
        job = error.job
        return say(f"the job is still {job.status or 'running'} at the deadline\n  {how_to_go_on(job)}", FAILED)
    # Refused before anything was sent: a model that is gone, no token, more than the budget.
    refused_here = isinstance(error, OverBudget) or (
        isinstance(error, (ModelGone, Unauthorized)) and error.status is None
    )
    text = with_notes(error)
    if refused_here and isinstance(error, Unauthorized):
        practice = ", or practise with --sandbox" if has_sandbox_option else ""
        return say(f"no API token: set KREA_API_TOKEN (or KREA_API_KEY){practice}; nothing was sent", USAGE)
    job_id = None if isinstance(error, OSError) else error.job_id
    if job_id and job_id not in text:
        text += f" (job {job_id})"
    if isinstance(error, AnswerError):
        details = [message for message in error.messages if message.message not in text]
        text += "".join(f"\n  {detail.field}: {detail.message}" for detail in details)
    if isinstance(error, OutcomeUnknown) and error.sent_at:
        text += f"\n  the jobs made since: {looking_for_lost_jobs('list', error.sent_at + (error.clock_offset or timedelta()))}"
    return say(text, USAGE if refused_here else FAILED)


def how_to_go_on(job: Job) -> str:
    """Return where a job stands, and the command that waits for it, on a line that can be copied."""
    state = "has ended; to get its results" if job.finished else "goes on at Krea; to wait for it"
    return f"job {job.id} {state}:\n  krea-client jobs wait {job.id}"


def looking_for_lost_jobs(command: str, moment: datetime) -> str:
    """Return a command line that searches for the jobs made since then, whichever clock is right."""
    from krea_client._core.recovery import CLOCK_TOLERANCE

    return f"krea-client jobs {command} --since {(moment - CLOCK_TOLERANCE).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _report_model(error: ModelUnknown) -> int:
    [problem] = error.problems
    remedy = problem.remedy.replace(ModelUnknown.UNCHECKED, "--no-check")
    return say(
        str(
            problem._replace(
                remedy=remedy.replace("run `krea-client models list`", "krea-client models list has them all")
            )
        ),
        USAGE,
    )


def _report_request(error: RequestInvalid, locations: Mapping[str, InputLocation]) -> int:
    model = f"{error.model}: " if error.model else ""
    count = len(error.problems)
    head = "the request was not sent" if count == 1 else f"the request was not sent, it has {count} problems"
    lines: list[str] = []
    for problem in error.problems:
        location = locations.get(problem.path.partition(".")[0].partition("[")[0])
        sentence = problem.with_remedy("is sent with --no-check") if isinstance(problem, Undocumented) else str(problem)
        lines.append(f"\n  {location}: {sentence}" if location else f"\n  {sentence}")
    return say(f"{model}{head}:{''.join(lines)}", USAGE)
