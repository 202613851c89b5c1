"""The answers to paid calls until the caller has what came of them.

A signal handler may raise between any two lines, and so end the very operation that knew the job. Its answer is still here.
"""

from __future__ import annotations

from contextlib import suppress

from krea_client._core.effects import Answer, ApiCall
from krea_client._core.open_jobs import Undelivering
from krea_client._core.responses import jobs_in
from krea_client.errors import AnswerError, KreaError, open_jobs


class PaidAnswers:
    """The answers to the paid calls of one operation, or of the slots of a batch.

    Args:
        undelivered: adds a job that nobody takes any more to the exception that ended the operation.
    """

    def __init__(self, undelivered: Undelivering) -> None:
        self._undelivered = undelivered
        self._answers: dict[int, tuple[ApiCall, Answer]] = {}

    def keep(self, slot: int, call: object, outcome: object) -> None:
        """Keep the answer to a call, if the call is paid and got one."""
        if isinstance(call, ApiCall) and call.paid and isinstance(outcome, Answer):
            self._answers[slot] = call, outcome

    def forget(self, slot: int | None) -> None:
        """Forget the answer of a slot whose value the caller has taken."""
        if slot is not None:
            self._answers.pop(slot, None)

    def name_in(self, stop: BaseException) -> None:
        """Add the jobs of all answers to an exception, unless it names them already."""
        for slot in list(self._answers):
            self.name_slot_in(slot, stop)

    def name_slot_in(self, slot: int, stop: BaseException) -> None:
        """Add the jobs of one slot's answer to an exception, unless it names them already; an error of ours names its own."""
        kept = self._answers.pop(slot, None)
        if kept is None or isinstance(stop, KreaError):
            return
        with suppress(AnswerError):  # it was refused, or is no job: the operation has told what it knows
            for job in jobs_in(*kept):
                if not _is_named(job.id, stop):
                    self._undelivered(job, stop)


def _is_named(job_id: str, stop: BaseException) -> bool:
    return any(job.id == job_id for job in open_jobs(stop)) or any(
        job_id in note for note in getattr(stop, "__notes__", ())
    )
