"""Reading what Krea posts to a webhook."""

from __future__ import annotations

from krea_client import reading
from krea_client.errors import UnexpectedAnswer
from krea_client.jobs import Job


def parse(payload: bytes | str) -> Job:
    """Gives the job that a webhook request carries.

    A webhook is not signed, and the same one can come twice: before you act on it, check that the id is a job of yours, or look
    it up with `krea.jobs.get(job.id)`.

    Args:
        payload: the body of the request, as it was received.

    Raises:
        UnexpectedAnswer: it is not a job; `body` keeps what came.
    """
    try:
        return Job.from_dict(reading.members(reading.document(payload)))
    except ValueError as fault:
        body = payload.encode("utf-8", "replace") if isinstance(payload, str) else bytes(payload)
        raise UnexpectedAnswer(f"this webhook carries no job: {fault}", body=body) from None
