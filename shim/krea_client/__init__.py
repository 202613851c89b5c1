"""krea_client: an unofficial client of the Krea API. Pictures, video, audio and 3D, typed, never charged twice.

Everything public is listed here and comes in on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing would cost more than all the rest; type checkers know this name
if TYPE_CHECKING:
    from krea_client import aliases, legacy, webhooks
    from krea_client.async_client import AsyncKrea
    from krea_client.client import Krea
    from krea_client.clocks import Clock
    from krea_client.errors import (
        AliasConflict,
        ApiError,
        Busy,
        Conflict,
        ConnectionFailed,
        Forbidden,
        JobCancelled,
        JobEmpty,
        JobFailed,
        KreaError,
        ModelGone,
        ModelUnknown,
        NotFound,
        OutcomeUnknown,
        OutOfCredits,
        Problem,
        Rejected,
        RequestInvalid,
        SaveFailed,
        ServerFailed,
        Unauthorized,
        UnexpectedAnswer,
        WaitTimeout,
    )
    from krea_client.jobs import Job, JobError, RunResult
    from krea_client.notices import KreaDeprecationWarning, KreaSunsetWarning
    from krea_client.policies import Pace, Retry
    from krea_client.prepare import AliasUse

__version__ = "0.1.0"

# Where each public name lives; None is a module of its own.
_HOMES: dict[str, str | None] = {
    "AliasConflict": "errors",
    "AliasUse": "prepare",
    "ApiError": "errors",
    "AsyncKrea": "async_client",
    "Busy": "errors",
    "Clock": "clocks",
    "Conflict": "errors",
    "ConnectionFailed": "errors",
    "Forbidden": "errors",
    "Job": "jobs",
    "JobCancelled": "errors",
    "JobEmpty": "errors",
    "JobError": "jobs",
    "JobFailed": "errors",
    "Krea": "client",
    "KreaDeprecationWarning": "notices",
    "KreaError": "errors",
    "KreaSunsetWarning": "notices",
    "ModelGone": "errors",
    "ModelUnknown": "errors",
    "NotFound": "errors",
    "OutOfCredits": "errors",
    "OutcomeUnknown": "errors",
    "Pace": "policies",
    "Problem": "errors",
    "Rejected": "errors",
    "RequestInvalid": "errors",
    "Retry": "policies",
    "RunResult": "jobs",
    "SaveFailed": "errors",
    "ServerFailed": "errors",
    "Unauthorized": "errors",
    "UnexpectedAnswer": "errors",
    "WaitTimeout": "errors",
    "aliases": None,
    "legacy": None,
    "webhooks": None,
}

__all__ = [
    "AliasConflict",
    "AliasUse",
    "ApiError",
    "AsyncKrea",
    "Busy",
    "Clock",
    "Conflict",
    "ConnectionFailed",
    "Forbidden",
    "Job",
    "JobCancelled",
    "JobEmpty",
    "JobError",
    "JobFailed",
    "Krea",
    "KreaDeprecationWarning",
    "KreaError",
    "KreaSunsetWarning",
    "ModelGone",
    "ModelUnknown",
    "NotFound",
    "OutOfCredits",
    "OutcomeUnknown",
    "Pace",
    "Problem",
    "Rejected",
    "RequestInvalid",
    "Retry",
    "RunResult",
    "SaveFailed",
    "ServerFailed",
    "Unauthorized",
    "UnexpectedAnswer",
    "WaitTimeout",
    "aliases",
    "legacy",
    "webhooks",
]


if not TYPE_CHECKING:  # a type checker that saw it would take any misspelt name for a public one

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        home = _HOMES[name]
        found = import_module(f"{__name__}.{home or name}")
        value = getattr(found, name) if home else found
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
