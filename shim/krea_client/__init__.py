"""krea_client: an unofficial client of the Krea API. Pictures, video, audio and 3D, typed, never charged twice.

All public names are listed here and imported on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from krea_client._version import __version__ as __version__

TYPE_CHECKING = False  # typing would cost more than all the rest; type checkers know this name
if TYPE_CHECKING:
    from krea_client import aliases, legacy, models, webhooks
    from krea_client._clock import Clock
    from krea_client._core.policies import Pace, Retry
    from krea_client._request.build import AliasUse
    from krea_client._request.deprecation_warnings import (
        KreaDeprecationWarning,
        KreaDocumentWarning,
        KreaFieldIgnoredWarning,
        KreaSunsetWarning,
    )
    from krea_client._spec.prices import Price
    from krea_client.async_client import AsyncKrea
    from krea_client.client import Krea
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
    from krea_client.events import Hooks, RequestEvent, ResponseEvent
    from krea_client.jobs import Job, JobError, Output, RunResult
    from krea_client.resources.assets import Asset
    from krea_client.resources.node_apps import NodeApp
    from krea_client.resources.reports import Usage
    from krea_client.resources.styles import Style


# Where each public name lives; None is a module of its own.
_HOMES: dict[str, str | None] = {
    "AliasConflict": "errors",
    "AliasUse": "_request.build",
    "ApiError": "errors",
    "Asset": "resources.assets",
    "AsyncKrea": "async_client",
    "Busy": "errors",
    "Clock": "_clock",
    "Conflict": "errors",
    "ConnectionFailed": "errors",
    "Forbidden": "errors",
    "Hooks": "events",
    "Job": "jobs",
    "JobCancelled": "errors",
    "JobEmpty": "errors",
    "JobError": "jobs",
    "JobFailed": "errors",
    "Krea": "client",
    "KreaDeprecationWarning": "_request.deprecation_warnings",
    "KreaError": "errors",
    "KreaDocumentWarning": "_request.deprecation_warnings",
    "KreaFieldIgnoredWarning": "_request.deprecation_warnings",
    "KreaSunsetWarning": "_request.deprecation_warnings",
    "ModelGone": "errors",
    "ModelUnknown": "errors",
    "NodeApp": "resources.node_apps",
    "NotFound": "errors",
    "OutOfCredits": "errors",
    "OutcomeUnknown": "errors",
    "Output": "jobs",
    "OverBudget": "errors",
    "Pace": "_core.policies",
    "Price": "_spec.prices",
    "Problem": "errors",
    "Rejected": "errors",
    "RequestEvent": "events",
    "RequestInvalid": "errors",
    "ResponseEvent": "events",
    "Retry": "_core.policies",
    "RunResult": "jobs",
    "SaveFailed": "errors",
    "ServerFailed": "errors",
    "Style": "resources.styles",
    "Unauthorized": "errors",
    "UnexpectedAnswer": "errors",
    "Usage": "resources.reports",
    "WaitTimeout": "errors",
    "aliases": None,
    "legacy": None,
    "models": None,
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
    "Hooks",
    "Job",
    "JobCancelled",
    "JobEmpty",
    "JobError",
    "JobFailed",
    "Krea",
    "KreaDeprecationWarning",
    "KreaDocumentWarning",
    "KreaError",
    "KreaFieldIgnoredWarning",
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
    "RequestEvent",
    "RequestInvalid",
    "ResponseEvent",
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
    "models",
    "webhooks",
]


if not TYPE_CHECKING:  # a type checker that saw it would take any misspelt name for a public one

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from krea_client._lean_import import import_lean

        home = _HOMES[name]
        module = import_lean(f"{__name__}.{home or name}")
        value = getattr(module, name) if home else module
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
