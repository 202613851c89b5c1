"""From the arguments of a client's constructor to what it works with; the same for the sync and the async client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from krea_client._settings import ClientSettings, Secret, base_url_for, expect, in_event_loop, token_for
from krea_client._settings_profiles import load as load_profile
from krea_client._transport.own_headers import checked_headers
from krea_client._transport.routing import NetworkOptions, network_options


class ClientSetup(NamedTuple):
    """What a client works with.

    Attributes:
        url: the API's address.
        secret: the token.
        network: proxies and TLS.
        settings: the rest.
    """

    url: str
    secret: Secret
    network: NetworkOptions
    settings: ClientSettings


def arguments_in(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a constructor from its variables at its beginning."""
    return {name: value for name, value in variables.items() if name not in ("self", "__class__")}


def set_up(
    token: str | None,
    base_url: str | None,
    *,
    is_async: bool,
    transport: object,
    proxy: object,
    verify: object,
    cert: object,
    headers: object,
    document: object,
    profile: str | None,
    **policies: Any,
) -> ClientSetup:
    """Check the arguments of a constructor and read profile and environment.

    Raises:
        ValueError, TypeError: one of them is not usable.
    """
    try:
        chosen = load_profile(profile)
        secret = Secret(token_for(token, chosen))
    finally:
        del token  # what fails may be shown with the variables of its frames
    settings = ClientSettings.of(chosen, **policies)
    method, kind = ("handle_async_request", "AsyncBaseTransport") if is_async else ("handle_request", "BaseTransport")
    expect("transport", transport, hasattr(transport, method), f"an httpx.{kind} or httpx2.{kind}")
    is_own = transport is not None
    network = network_options(proxy, verify, cert, own_transport=is_own)._replace(headers=checked_headers(headers))
    url = base_url_for(base_url, chosen, own_transport=is_own)
    may_wait = not (is_async and in_event_loop())
    settings = settings.with_document(document, url, network, own_transport=is_own, may_wait=may_wait)
    return ClientSetup(url, secret, network, settings)
