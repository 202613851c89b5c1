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
        OverBudget,
        Problem,
        Rejected,
        RequestInvalid,
        SaveFailed,
        ServerFailed,
        Unauthorized,
        UnexpectedAnswer,
        WaitTimeout,
    )
    from krea_client.jobs import Job, JobError, Output, RunResult
    from krea_client.notices import KreaDeprecationWarning, KreaSunsetWarning
    from krea_client.policies import Pace, Retry
    from krea_client.prepare import AliasUse
    from krea_client.price import Price
    from krea_client.records import Asset, NodeApp, Style, Usage

__version__ = "0.1.0"

# Where each public name lives; None is a module of its own.
_HOMES: dict[str, str | None] = {
    "AliasConflict": "errors",
    "AliasUse": "prepare",
    "ApiError": "errors",
    "Asset": "records",
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
    "NodeApp": "records",
    "NotFound": "errors",
    "OutOfCredits": "errors",
    "OutcomeUnknown": "errors",
    "Output": "jobs",
    "OverBudget": "errors",
    "Pace": "policies",
    "Price": "price",
    "Problem": "errors",
    "Rejected": "errors",
    "RequestInvalid": "errors",
    "Retry": "policies",
    "RunResult": "jobs",
    "SaveFailed": "errors",
    "ServerFailed": "errors",
    "Style": "records",
    "Unauthorized": "errors",
    "UnexpectedAnswer": "errors",
    "Usage": "records",
    "WaitTimeout": "errors",
    "aliases": None,
    "legacy": None,
    "webhooks": None,
}

__all__ = [
    "AliasConflict",
    "AliasUse",
    "ApiError",
    "Asset",
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
    "NodeApp",
    "NotFound",
    "OutOfCredits",
    "OutcomeUnknown",
    "Output",
    "OverBudget",
    "Pace",
    "Price",
    "Problem",
    "Rejected",
    "RequestInvalid",
    "Retry",
    "RunResult",
    "SaveFailed",
    "ServerFailed",
    "Style",
    "Unauthorized",
    "UnexpectedAnswer",
    "Usage",
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
