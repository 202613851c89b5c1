"""krea_client: an unofficial client of the Krea API. Pictures, video, audio and 3D, typed, never charged twice.

Everything public is listed here and comes in on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from krea_client import aliases as aliases
    from krea_client import webhooks as webhooks
    from krea_client.async_client import AsyncKrea as AsyncKrea
    from krea_client.client import Krea as Krea
    from krea_client.clocks import Clock as Clock
    from krea_client.errors import (
        AliasConflict as AliasConflict,
    )
    from krea_client.errors import (
        ApiError as ApiError,
    )
    from krea_client.errors import (
        Busy as Busy,
    )
    from krea_client.errors import (
        Conflict as Conflict,
    )
    from krea_client.errors import (
        ConnectionFailed as ConnectionFailed,
    )
    from krea_client.errors import (
        Forbidden as Forbidden,
    )
    from krea_client.errors import (
        JobCancelled as JobCancelled,
    )
    from krea_client.errors import (
        JobEmpty as JobEmpty,
    )
    from krea_client.errors import (
        JobFailed as JobFailed,
    )
    from krea_client.errors import (
        KreaError as KreaError,
    )
    from krea_client.errors import (
        ModelGone as ModelGone,
    )
    from krea_client.errors import (
        ModelUnknown as ModelUnknown,
    )
    from krea_client.errors import (
        NotFound as NotFound,
    )
    from krea_client.errors import (
        OutcomeUnknown as OutcomeUnknown,
    )
    from krea_client.errors import (
        OutOfCredits as OutOfCredits,
    )
    from krea_client.errors import (
        Problem as Problem,
    )
    from krea_client.errors import (
        Rejected as Rejected,
    )
    from krea_client.errors import (
        RequestInvalid as RequestInvalid,
    )
    from krea_client.errors import (
        SaveFailed as SaveFailed,
    )
    from krea_client.errors import (
        ServerFailed as ServerFailed,
    )
    from krea_client.errors import (
        Unauthorized as Unauthorized,
    )
    from krea_client.errors import (
        UnexpectedAnswer as UnexpectedAnswer,
    )
    from krea_client.errors import (
        WaitTimeout as WaitTimeout,
    )
    from krea_client.jobs import Job as Job
    from krea_client.jobs import JobError as JobError
    from krea_client.jobs import RunResult as RunResult
    from krea_client.notices import KreaDeprecationWarning as KreaDeprecationWarning
    from krea_client.notices import KreaSunsetWarning as KreaSunsetWarning
    from krea_client.policies import Pace as Pace
    from krea_client.policies import Retry as Retry
    from krea_client.prepare import AliasUse as AliasUse

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
    "webhooks",
]


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
