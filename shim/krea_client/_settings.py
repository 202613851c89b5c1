"""A client's settings: argument over environment over default."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from krea_client._clock import Clock
from krea_client._core.observation import LOG_NAME, log_to_stderr
from krea_client._core.policies import Pace, Retry
from krea_client._core.retrying import OnInterrupt, check_timeout
from krea_client._redaction import redact_url
from krea_client._request.alias_log import with_log
from krea_client._request.alias_translation import POLICIES, Policy
from krea_client._request.build import AliasUse, TranslationRules
from krea_client._settings_profiles import NO_PROFILE, SettingsProfile
from krea_client._spec.catalogue import Catalogue, catalogue
from krea_client._spec.document_source import NO_DOCUMENT, document_setting
from krea_client._transport.driver import SystemClock
from krea_client.events import Hooks

if TYPE_CHECKING:
    from krea_client._core.budget import Budget
    from krea_client._transport.routing import NetworkOptions

TOKEN_NAMES = ("KREA_API_TOKEN", "KREA_API_KEY")
BASE_URL_NAME = "KREA_BASE_URL"
ALIASES_NAME = "KREA_CLIENT_ALIASES"


# "live", "off", a path, or an OpenAPI document.
Document = str | os.PathLike[str] | Mapping[str, Any]


class _ClockWithDate(SystemClock):
    """The clock of this computer with the date that a caller's function returns."""

    def __init__(self, read_date: Callable[[], datetime]) -> None:
        self._read_date = read_date

    def now(self) -> datetime:
        date = self._read_date()
        return date if date.tzinfo else date.replace(tzinfo=UTC)


def token_from_environment() -> tuple[str | None, str | None]:
    """Return the API token and the name of the variable that holds it, or two None."""
    for name in TOKEN_NAMES:
        if value := os.environ.get(name, "").strip():
            return value, name
    return None, None


def token_for(argument: object, profile: SettingsProfile = NO_PROFILE) -> str | None:
    """Return the API token: the argument, else the environment's, else the profile's, else None.

    Raises:
        ValueError: no header can carry it, or the profile's cannot be had; the error does not show the token.
        TypeError: the argument is no text.
    """
    if not isinstance(argument, str | None):
        kind = type(argument).__name__
        del argument  # as below
        raise TypeError(f"the API token is of type {kind}: give it as text")
    token = (argument or "").strip() or token_from_environment()[0] or profile.token()
    if token and not all("!" <= letter <= "~" for letter in token):
        del argument, token  # a traceback may be shown with the variables of its frames
        raise ValueError(
            "the API token holds a character that no token has, such as a space: copy it anew, on one line"
        )
    return token


class Secret:
    """The API token, for as long as a frame of ours has to hold it: no text and no attribute shows it."""

    __slots__ = ("show",)

    def __init__(self, token: str | None) -> None:
        self.show: Callable[[], str | None] = lambda: token


def expect(name: str, value: object, fits: bool, expected: str) -> None:
    """Refuse an argument of another type where it is given, and not where it is used first.

    Raises:
        TypeError: it does not fit.
    """
    if value is not None and not fits:
        raise TypeError(f"{name} is of type {type(value).__name__}: give {expected}")


def as_clock(clock: Clock | Callable[[], datetime] | None) -> Clock:
    """Return a clock from what a caller may give as one."""
    if clock is None:
        return SystemClock()
    if isinstance(clock, Clock):
        return clock
    if callable(clock):
        return _ClockWithDate(clock)
    raise TypeError(
        f"clock is of type {type(clock).__name__}: give a function that returns a datetime, or a krea_client Clock"
    )


def alias_policy(argument: Policy | None, profile: SettingsProfile = NO_PROFILE) -> Policy:
    """Return the policy for deprecated names: of the argument, the environment, the profile, or else "translate".

    Raises:
        ValueError: it is not one of the four.
    """
    variable = os.environ.get(ALIASES_NAME, "").strip()
    name = argument or variable or profile.text("aliases") or "translate"
    for policy in POLICIES:
        if name == policy:
            return policy
    source = "aliases=" if argument else f"{ALIASES_NAME}=" if variable else profile.source("aliases")
    raise ValueError(f"{source}{name!r} is not a policy for deprecated names: give one of {', '.join(POLICIES)}")


def base_url_for(argument: str | None, profile: SettingsProfile = NO_PROFILE, *, own_transport: bool) -> str:
    """Return the API's address: the argument, else the environment's, else the profile's, else the spec's.

    Raises:
        ValueError: it is no address, or one that would send the token in the clear to another machine.
    """
    from krea_client._transport.http_library import httpx  # it reads the address as it will be called
    from krea_client._transport.network_settings import is_loopback

    expect("base_url", argument, isinstance(argument, str), "an address as text, such as https://api.krea.ai")
    configured = os.environ.get(BASE_URL_NAME, "").strip() or profile.text("base_url")
    url = (argument or configured or catalogue().index["servers"]).rstrip("/")
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        address = httpx.URL()
    if address.scheme not in ("http", "https") or not address.host:
        raise ValueError(f"base_url {redact_url(url)!r} is not an address: give one such as https://api.krea.ai")
    if address.scheme == "http" and not own_transport and not is_loopback(address.host):
        raise ValueError(f"base_url {redact_url(url)!r} would send the token unencrypted: use https")
    if "?" in url or "#" in url:
        raise ValueError(f"base_url {redact_url(url)!r} goes on with a query or a fragment: leave that out")
    return url


def in_event_loop() -> bool:
    """Return whether an event loop runs in this thread, which nothing may keep waiting."""
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class ClientSettings(NamedTuple):
    """A client's settings, without its token.

    Attributes:
        rules: about deprecated names.
        clock: what tells the time and waits.
        retry, pace: the policies.
        on_interrupt: what becomes of a remote job when a wait for it is interrupted.
        timeout: of one exchange, in seconds or as a time-out object of httpx.
        budget: what may be spent, or None.
        hooks: functions of the caller's round each exchange.
    """

    rules: TranslationRules
    clock: Clock
    retry: Retry
    pace: Pace
    on_interrupt: OnInterrupt
    timeout: Any
    budget: Budget | None = None
    hooks: Hooks = Hooks()

    @classmethod
    def of(
        cls,
        profile: SettingsProfile = NO_PROFILE,
        *,
        aliases: Policy | None,
        on_alias: Callable[[AliasUse], object] | None,
        clock: Clock | Callable[[], datetime] | None,
        retry: Retry | None,
        pace: Pace | None,
        on_interrupt: OnInterrupt,
        timeout: Any,
        budget: float | None = None,
        hooks: Hooks | None = None,
    ) -> ClientSettings:
        """Return the settings behind a client's arguments.

        Raises:
            ValueError, TypeError: an argument, or a variable of the environment, makes no sense.
        """
        if on_interrupt not in get_args(OnInterrupt):
            raise ValueError(f"on_interrupt={on_interrupt!r}: give 'keep' or 'cancel'")
        check_timeout(timeout)
        expect("on_alias", on_alias, callable(on_alias), "a function that takes a krea_client.AliasUse")
        _check_policies(retry, pace, hooks)
        budget = _prepare(profile, budget)
        time = as_clock(clock)
        rules = TranslationRules(
            time.now, catalogue(), policy=alias_policy(aliases, profile), on_alias=with_log(on_alias)
        )
        return cls(
            rules,
            time,
            retry or Retry(),
            pace or Pace(),
            on_interrupt,
            timeout,
            None if budget is None else _budget(budget),
            hooks or Hooks(),
        )

    def with_document(
        self, document: object, base_url: str, network: NetworkOptions, *, own_transport: bool, may_wait: bool = True
    ) -> ClientSettings:
        """Return the settings with the catalogue that the argument `document`, else the environment, asks for.

        Args:
            document: as `Krea` takes it, or a catalogue.
            base_url: the API's address.
            network: proxies and TLS.
            own_transport: the caller's transport sends the requests, so nothing is fetched here.
            may_wait: whether the caller can be kept waiting.

        Raises:
            ValueError, TypeError: the document cannot be read.
        """
        overlaid = catalogue_with(
            document, base_url, network, self.clock.now, may_fetch=not own_transport, may_wait=may_wait
        )
        return self._replace(rules=self.rules._replace(catalogue=overlaid))


def catalogue_with(
    document: object,
    base_url: str,
    network: NetworkOptions | None,
    now: Callable[[], datetime],
    *,
    may_fetch: bool = True,
    may_wait: bool = True,
) -> Catalogue:
    """Return the catalogue with the document that an argument, else the environment, asks for; warn of one that is of no use.

    Raises:
        ValueError, TypeError: the document cannot be read.
    """
    source = document if document is not None else document_setting() or NO_DOCUMENT
    if source == NO_DOCUMENT:
        return catalogue()
    if isinstance(source, Catalogue):
        return source
    from krea_client._transport.live_catalogue import LiveDocument, catalogue_for

    live = LiveDocument.at(base_url, network, now)
    overlaid, problem = catalogue_for(source, live, may_fetch=may_fetch, may_wait=may_wait)
    if problem is not None:
        _warn_of_document(problem)
    return overlaid


def _warn_of_document(problem: str) -> None:
    from krea_client._request.call_site import call_site
    from krea_client._request.deprecation_warnings import KreaDocumentWarning, log_warning, warn

    text = f"the API's document is not used: {problem}; this version's own description holds"
    log_warning(text)
    warn(KreaDocumentWarning(text), call_site())


def _check_policies(retry: object, pace: object, hooks: object) -> None:
    expect("retry", retry, isinstance(retry, Retry), "a krea_client.Retry, such as Retry(attempts=5)")
    expect("pace", pace, isinstance(pace, Pace), "a krea_client.Pace, such as Pace(most=30)")
    expect("hooks", hooks, isinstance(hooks, Hooks), "krea_client.Hooks(on_request=..., on_response=...)")


def _prepare(profile: SettingsProfile, budget: float | None) -> float | None:
    """Show the log where that is asked for, and return the budget that holds."""
    if level := os.environ.get(LOG_NAME, "").strip():
        log_to_stderr(level)
    elif level := profile.text("log"):
        log_to_stderr(level, profile.source("log"))
    return profile.budget if budget is None else budget


def _budget(limit: float) -> Budget:
    from krea_client._core.budget import Budget

    return Budget(limit)
