"""`krea-client doctor`: what this installation is made of and whether it reaches the API. The token itself is never shown."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple

import click

from krea_client import _settings as client_settings
from krea_client._core.policies import Retry
from krea_client._spec.catalogue import catalogue
from krea_client.cli import error_reports, text_layout
from krea_client.errors import ConnectionFailed, KreaError, Unauthorized
from krea_client.sandbox import optional_packages

if TYPE_CHECKING:
    from krea_client.client import Krea

PATIENCE = 10.0  # seconds for the one exchange with the API


class Finding(NamedTuple):
    """One thing that was looked at.

    Attributes:
        name: what.
        said: how it is.
        state: "ok", "note" (worth knowing) or "failed".
    """

    name: str
    said: str
    state: str = "ok"


def carry_out(*, network: bool, as_json: bool, open_client: Callable[[], Krea] | None = None) -> int:
    """Prints what was found; gives the exit code, 1 where something failed."""
    findings = [*_installed(), *_extras(), *_settings()]
    if network:
        findings.append(_connection(open_client or _client))
    healthy = all(finding.state != "failed" for finding in findings)
    if as_json:
        shown = {"healthy": healthy, "findings": [finding._asdict() for finding in findings]}
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        rows = [(_mark(finding.state) + finding.name, finding.said) for finding in findings]
        click.echo(text_layout.paragraphs(rows, indent=0))
    return 0 if healthy else error_reports.FAILED


def _mark(state: str) -> str:
    return {"ok": "ok      ", "note": "note    ", "failed": "FAILED  "}[state]


def _installed() -> Iterator[Finding]:
    index = catalogue().index
    yield Finding("python", f"{platform.python_version()} on {platform.system()}")
    yield Finding("krea-client", _version("krea-client"))
    yield Finding("httpx", _version("httpx"))
    yield Finding("spec", f"{index['spec_version']}, {len(catalogue().models)} models")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _extras() -> Iterator[Finding]:
    lacking = optional_packages.missing(*optional_packages.PACKAGES, "uvicorn")
    yield Finding("sandbox", lacking or "its packages are installed", "note" if lacking else "ok")


def _settings() -> Iterator[Finding]:
    _, source = client_settings.token_from_environment()
    first, *others = client_settings.TOKEN_NAMES
    if source:
        yield Finding("token", f"found in {source}")
    else:
        yield Finding("token", f"none: set {first} (or {' or '.join(others)})", "failed")
    try:
        url = client_settings.base_url_for(None, own_transport=False)
        own = os.environ.get(client_settings.BASE_URL_NAME, "").strip()
        yield Finding("base URL", f"{client_settings.redact_url(url)} ({_source(own, client_settings.BASE_URL_NAME)})")
        chosen = os.environ.get(client_settings.ALIASES_NAME, "").strip()
        yield Finding(
            "old names", f"{client_settings.alias_policy(None)} ({_source(chosen, client_settings.ALIASES_NAME)})"
        )
    except ValueError as wrong:
        yield Finding("environment", str(wrong), "failed")


def _source(given: str, variable: str) -> str:
    return f"from {variable}" if given else "the default"


def _client() -> Krea:
    from krea_client.client import Krea

    # A word in the place of a missing token: an API that refuses it has been reached.
    token = client_settings.token_from_environment()[0] or "none"
    return Krea(token, timeout=PATIENCE, retry=Retry(attempts=1))


def _connection(open_client: Callable[[], Krea]) -> Finding:
    try:
        with open_client() as krea:
            began = time.perf_counter()
            outcome = _asked(krea)
            seconds = time.perf_counter() - began
    except ValueError as wrong:
        return Finding("connection", f"not tried: {wrong}", "failed")
    return outcome._replace(said=f"{outcome.said}, after {seconds:.2f} s")


def _asked(krea: Krea) -> Finding:
    """Whether the API answers the one question that costs nothing: which jobs there are."""
    try:
        next(krea.jobs.list(limit=1), None)
    except Unauthorized as no:
        token = client_settings.token_from_environment()[0]
        told = "the token is refused" if token else "reached; without a token it refuses everything"
        return Finding("connection", f"{told} ({no.status})", "failed")
    except ConnectionFailed as error:
        return Finding("connection", str(error), "failed")
    except KreaError as error:
        return Finding("connection", f"the API answers, but not as it should: {error}", "failed")
    return Finding("connection", "the API answers and accepts the token")
