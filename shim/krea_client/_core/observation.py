"""What an operation tells while it works: log records, and calls of the client's hooks. Never a body or the token."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any, NamedTuple

from krea_client._core.effects import Answer, ApiCall, Flow, Notify
from krea_client._redaction import redact_url
from krea_client.events import Hooks, RequestEvent, ResponseEvent
from krea_client.jobs import Job

LOG_NAME = "KREA_CLIENT_LOG"
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}

_jobs_log = logging.getLogger("krea_client.jobs")
_http_log = logging.getLogger("krea_client.http")


class Attempt(NamedTuple):
    """One try of a call, for those who are told of it."""

    call: ApiCall
    label: str
    number: int

    def event(self) -> RequestEvent:
        """Return the try as a hook gets it."""
        return RequestEvent(self.call.method, self.call.path, self.label, self.number, self.call.paid)

    def begin(self, hook: Callable[[RequestEvent], object]) -> Flow[None]:
        """Call the hook for requests."""
        return _notify(hook, self.event())

    def end(
        self, hooks: Hooks, answer: Answer | None, fault: Exception | None, seconds: float, pause: float | None
    ) -> Flow[None]:
        """Log how the try ended, and call the hook for responses."""
        if _http_log.isEnabledFor(logging.DEBUG):
            outcome = "no response: " + str(fault) if answer is None else f"status {answer.status}"
            again = "" if pause is None else f"; try {self.number + 1} follows in {pause:.2f} s"
            text = f"{self.call.method} {self.call.path}: {outcome} after {seconds:.3f} s{again}"
            _write(_http_log, logging.DEBUG, text)
        if hooks.on_response is not None:
            status = None if answer is None else answer.status
            headers: Mapping[str, str] = MappingProxyType({}) if answer is None else answer.headers
            error = None if fault is None else str(fault)
            event = ResponseEvent(self.event(), seconds, status, headers, error, pause)
            yield from _notify(hooks.on_response, event)


def _notify(hook: Callable[[Any], object], event: object) -> Flow[None]:
    try:
        yield Notify(hook, event)
    except Exception as error:  # noqa: BLE001  # a hook is the user's; its mistake must not cost the id of a job that is paid for
        _write(_http_log, logging.ERROR, "a hook of the client failed; the request goes on", error)


def _write(logger: logging.Logger, level: int, text: str, error: Exception | None = None) -> None:
    with suppress(Exception):  # whatever a handler raises, such as for a full disk, the id of a paid job must get out
        logger.log(level, "%s", text, exc_info=error)


def submitted(job: Job, model: str) -> None:
    """Log a job that was just created."""
    if _jobs_log.isEnabledFor(logging.INFO):
        _write(_jobs_log, logging.INFO, f"job {job.id} submitted: {model}")


def ended(job: Job) -> None:
    """Log the end of a job that was waited for."""
    if _jobs_log.isEnabledFor(logging.INFO):
        span = (job.completed_at - job.created_at).total_seconds() if job.completed_at and job.created_at else None
        duration = "" if span is None else f" after {span:.1f} s"
        results = f" with {len(job.urls)} results" if job.succeeded else f": {job.error}" if job.error else ""
        _write(_jobs_log, logging.INFO, f"job {job.id} {job.status}{duration}{results}")


def saved(url: str, outcome: object) -> None:
    """Log a result that was downloaded."""
    if _jobs_log.isEnabledFor(logging.INFO):
        _write(_jobs_log, logging.INFO, f"saved {redact_url(url)}{'' if outcome is None else f' as {outcome}'}")


def log_to_stderr(level_name: str, source: str = f"{LOG_NAME}=") -> None:
    """Show the client's log records of a level and above on stderr, once, as KREA_CLIENT_LOG or a profile asks for it.

    Args:
        level_name: the level.
        source: where it was set, for the error.

    Raises:
        ValueError: the name is no level.
    """
    level = LEVELS.get(level_name.lower())
    if level is None:
        raise ValueError(f"{source}{level_name!r} is no level: give one of {', '.join(LEVELS)}")
    logger = logging.getLogger("krea_client")
    if not any(handler.name == LOG_NAME for handler in logger.handlers):
        handler = logging.StreamHandler()
        handler.name = LOG_NAME
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logger.addHandler(handler)
    logger.setLevel(level)
