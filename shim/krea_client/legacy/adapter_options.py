"""What every adapter takes, completed from the environment as the clients do it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from krea_client._clock import Clock
from krea_client._request.alias_log import with_log
from krea_client._request.alias_translation import Policy
from krea_client._request.build import AliasUse, TranslationRules
from krea_client._settings import BASE_URL_NAME, alias_policy, as_clock
from krea_client._spec.catalogue import catalogue
from krea_client.legacy.rewriting import ApiAddress, Rewriter


class AdapterOptions(TypedDict, total=False):
    """The options of `install` and of every adapter.

    Attributes:
        base_url: another address of the API, such as that of a proxy, beside its own; KREA_BASE_URL where not given.
        aliases: what happens to deprecated names: "translate", "silent", "error" or "passthrough"; KREA_CLIENT_ALIASES where not given.
        on_alias: is told of every use of a deprecated name.
        clock: tells the date: a function that returns a datetime, or a `krea_client.Clock`.
    """

    base_url: str | None
    aliases: Policy | None
    on_alias: Callable[[AliasUse], object] | None
    clock: Clock | Callable[[], datetime] | None


def build_rewriter(choices: AdapterOptions) -> Rewriter:
    """What rewrites by these choices.

    Raises:
        TypeError, ValueError: a choice, or a variable of the environment, makes no sense.
    """
    known = catalogue()
    rules = TranslationRules(
        as_clock(choices.get("clock")).now,
        known,
        policy=alias_policy(choices.get("aliases")),
        on_alias=with_log(choices.get("on_alias")),
    )
    own = choices.get("base_url") or os.environ.get(BASE_URL_NAME, "").strip()
    return Rewriter(rules, {ApiAddress.at(known.index["servers"]), *([ApiAddress.at(own)] if own else ())})
