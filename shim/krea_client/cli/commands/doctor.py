"""`krea-client doctor`: what this installation is made of and whether it reaches the API. The token itself is never shown."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from krea_client._redaction import redact_url
from krea_client._settings_profiles import NO_PROFILE, SettingsProfile, load
from krea_client.cli import console, exit_codes, options, text_layout
from krea_client.cli.current_catalogue import current_catalogue
from krea_client.errors import ConnectionFailed, KreaError, Unauthorized
from krea_client.sandbox import optional_packages

if TYPE_CHECKING:
    from krea_client.client import Krea

TIMEOUT = 10.0  # seconds for the one exchange with the API
NOTABLE_OFFSET = 5.0  # seconds between the API's clock and this computer's


@click.command()
@click.option("--offline", is_flag=True, help="Ask nothing of the network.")
@options.as_json
def doctor(offline: bool, as_json: bool) -> int:
    """Check this installation and its connection.

    Shows where the token was found, never the token. Exit code 1 when something is not as it should be.
    """
    return run_doctor(network=not offline, as_json=as_json)


class HealthCheck(NamedTuple):
    """One thing that was looked at.

    Attributes:
        name: what.
        said: how it is.
        state: "ok", "note" (worth knowing) or "failed".
    """

    name: str
    said: str
    state: str = "ok"


def run_doctor(*, network: bool, as_json: bool, open_client: Callable[[], Krea] | None = None) -> int:
    """Print what was found and return the exit code, 1 where something failed."""
    findings = [*_installed(), *_extras(), *_settings()]
    if network:
        findings.append(_connection(open_client or _client))
    healthy = all(finding.state != "failed" for finding in findings)
    if as_json:
        content = {"healthy": healthy, "findings": [finding._asdict() for finding in findings]}
        console.result(json.dumps(content, indent=2, ensure_ascii=False))
    else:
        rows = [(_mark(finding.state) + finding.name, finding.said) for finding in findings]
        console.result(text_layout.paragraphs(rows, indent=0))
    return 0 if healthy else exit_codes.FAILED


def _mark(state: str) -> str:
    return {"ok": "ok      ", "note": "note    ", "failed": "FAILED  "}[state]


def _installed() -> Iterator[HealthCheck]:
    import platform

    index = current_catalogue().index
    yield HealthCheck("python", f"{platform.python_version()} on {platform.system()}")
    yield HealthCheck("krea-client", _version("krea-client"))
    yield HealthCheck("httpx", _version("httpx"))
    yield HealthCheck("spec", f"{index['spec_version']}, {len(current_catalogue().models)} models")
    yield from _document(index)


def _document(index: Mapping[str, Any]) -> Iterator[HealthCheck]:
    """Yield what the API's own document adds, and why the last look at it was of no use."""
    from krea_client.cli.stored_document import in_words, last_problem

    if "live" in index:
        yield HealthCheck("document", in_words(index["live"]))
    if problem := last_problem():
        yield HealthCheck("document", problem, "note")


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _extras() -> Iterator[HealthCheck]:
    problem = optional_packages.missing(*optional_packages.PACKAGES, "uvicorn")
    yield HealthCheck("sandbox", problem or "its packages are installed", "note" if problem else "ok")


def _settings() -> Iterator[HealthCheck]:
    from krea_client import _settings as client_settings

    profile, problem = _profile()
    if problem:
        yield HealthCheck("profile", problem, "failed")
    elif profile.name:
        yield HealthCheck("profile", f"{profile.name} of {profile.file}")
    _, source = client_settings.token_from_environment()
    source = source or profile.token_source
    first, *alternatives = client_settings.TOKEN_NAMES
    if source:
        yield HealthCheck("token", f"found in {source}")
    else:
        remedy = f"set {first} (or {' or '.join(alternatives)}), or run krea-client login"
        yield HealthCheck("token", f"none: {remedy}; krea-client sandbox takes any token, to practise", "failed")
    try:
        url = client_settings.base_url_for(None, profile, own_transport=False)
        origin = _source(client_settings.BASE_URL_NAME, profile.text("base_url"))
        yield HealthCheck("base URL", f"{redact_url(url)} ({origin})")
        origin = _source(client_settings.ALIASES_NAME, profile.text("aliases"))
        yield HealthCheck("deprecated names", f"{client_settings.alias_policy(None, profile)} ({origin})")
    except ValueError as error:
        yield HealthCheck("environment", str(error), "failed")
    from krea_client._transport import network_settings

    for variable, text in network_settings.problems():
        yield HealthCheck(variable, text, "failed")


def _profile() -> tuple[SettingsProfile, str | None]:
    """Return the profile that clients use, and what is wrong with it or its token."""
    try:
        profile = load()
    except ValueError as error:
        return NO_PROFILE, str(error)
    try:
        profile.token()
    except ValueError as error:
        return profile, str(error)
    return profile, None


def _token() -> str | None:
    from krea_client import _settings as client_settings

    profile, problem = _profile()
    return client_settings.token_from_environment()[0] or (None if problem else profile.token())


def _source(variable: str, of_profile: str) -> str:
    if os.environ.get(variable, "").strip():
        return f"from {variable}"
    return "from the profile" if of_profile else "the default"


def _client() -> Krea:
    from krea_client import Krea
    from krea_client._core.policies import Retry

    # A word in the place of a missing token: an API that refuses it has been reached.
    return Krea(_token() or "none", timeout=TIMEOUT, retry=Retry(attempts=1))


def _connection(open_client: Callable[[], Krea]) -> HealthCheck:
    try:
        with open_client() as krea:
            began = time.perf_counter()
            outcome = _probe(krea)
            seconds = time.perf_counter() - began
            clocks = _clocks(krea.clock_offset) if outcome.state == "ok" else ""
    except ValueError as error:
        return HealthCheck("connection", f"not tried: {error}", "failed")
    return outcome._replace(said=f"{outcome.said}, after {seconds:.2f} s{clocks}")


def _clocks(offset: timedelta | None) -> str:
    """Return what is worth knowing about the API's clock, by which lost jobs are searched for."""
    if offset is None:
        return "; its responses have no date, so its clock cannot be compared with this computer's"
    seconds = offset.total_seconds()
    if abs(seconds) < NOTABLE_OFFSET:
        return ""
    return f"; its clock is {abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} this computer's"


def _probe(krea: Krea) -> HealthCheck:
    """Ask the API the one question that costs nothing: which jobs there are."""
    try:
        next(krea.jobs.list(limit=1), None)
    except Unauthorized as error:
        sentence = "the token is refused" if _token() else "reached; without a token it refuses everything"
        return HealthCheck("connection", f"{sentence} ({error.status})", "failed")
    except ConnectionFailed as error:
        return HealthCheck("connection", str(error), "failed")
    except KreaError as error:
        return HealthCheck("connection", f"the API answers, but not as it should: {error}", "failed")
    return HealthCheck("connection", "the API answers and accepts the token")


COMMAND = doctor
