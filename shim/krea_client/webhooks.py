"""Webhooks: reads the request that Krea sends to a webhook address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from krea_client import _json
from krea_client.errors import UnexpectedAnswer
from krea_client.jobs import Job


def parse(payload: bytes | str | Mapping[str, Any]) -> Job:
    """Return the job that a webhook request carries.

    A webhook is not signed, and the same one can come twice: before you act on it, check that the id is a job of yours, or look
    it up with `krea.jobs.get(job.id)`.

    Args:
        payload: the body of the request, as received or as parsed by a web framework.

    Raises:
        UnexpectedAnswer: it is not a job; `body` keeps it.
    """
    try:
        document = payload if isinstance(payload, Mapping) else _json.members(_json.document(payload))
        return Job.from_dict(document)
    except TypeError:
        kind = type(payload).__name__
        text = f"this webhook carries no job: its body is of type {kind}; give bytes, text or the parsed JSON object"
        raise UnexpectedAnswer(text, body=_as_bytes(payload)) from None
    except ValueError as fault:
        raise UnexpectedAnswer(f"this webhook carries no job: {fault}", body=_as_bytes(payload)) from None


def _as_bytes(payload: object) -> bytes:
    if isinstance(payload, (bytes, bytearray)):
        return bytes(payload)
    return (payload if isinstance(payload, str) else repr(payload)).encode("utf-8", "replace")
