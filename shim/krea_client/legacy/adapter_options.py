"""The options of every adapter, completed from the environment as those of the clients are."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from krea_client._clock import Clock
from krea_client._request.alias_log import with_log
from krea_client._request.alias_translation import Policy
from krea_client._request.build import AliasUse, TranslationRules
from krea_client._settings import BASE_URL_NAME, Document, alias_policy, as_clock, catalogue_with
from krea_client._spec.catalogue import catalogue
from krea_client.legacy.compat_document import DocumentReading
from krea_client.legacy.rewriting import ApiAddress, Rewriter

COMPAT_DOCUMENT_NAME = "KREA_CLIENT_COMPAT_DOCUMENT"


class AdapterOptions(TypedDict, total=False):
    """The options of `install` and of every adapter.

    Attributes:
        base_url: another address of the API, such as that of a proxy, beside its own; KREA_BASE_URL where not given.
        aliases: what happens to deprecated names: "translate", "silent", "error" or "passthrough"; KREA_CLIENT_ALIASES where not given.
        on_alias: is told of every use of a deprecated name.
        clock: tells the date: a function that returns a datetime, or a `krea_client.Clock`.
        document: models that are newer than this version, as `Krea` takes it; KREA_CLIENT_DOCUMENT where not given.
        compat_document: whether the deprecated names are kept in the API's document that the program reads, so that a look-up such as
            `"aspectRatio" in properties` goes on choosing rightly; KREA_CLIENT_COMPAT_DOCUMENT where not given.
    """

    base_url: str | None
    aliases: Policy | None
    on_alias: Callable[[AliasUse], object] | None
    clock: Clock | Callable[[], datetime] | None
    document: Document | None
    compat_document: bool | None


def build_rewriter(options: AdapterOptions) -> Rewriter:
    """Return the rewriter for these options.

    Raises:
        TypeError, ValueError: an option, or a variable of the environment, makes no sense.
    """
    own = options.get("base_url") or os.environ.get(BASE_URL_NAME, "").strip()
    server = str(catalogue().index["servers"])
    now = as_clock(options.get("clock")).now
    rules = TranslationRules(
        now,
        catalogue_with(options.get("document"), (own or server).rstrip("/"), None, now),
        policy=alias_policy(options.get("aliases")),
        on_alias=with_log(options.get("on_alias")),
    )
    servers = {ApiAddress.at(server), *([ApiAddress.at(own)] if own else ())}
    is_compatible = as_compat_document(options.get("compat_document"), default=False)
    return Rewriter(rules, servers, DocumentReading(is_compatible=is_compatible))


def as_compat_document(given: bool | None, *, default: bool) -> bool:
    """Return whether deprecated names are kept in the API's document: as given, else as the environment says, else the default.

    Raises:
        ValueError: the variable of the environment is neither yes nor no.
    """
    if given is not None:
        return given
    text = os.environ.get(COMPAT_DOCUMENT_NAME, "")
    value = text.strip().lower()
    if not value:
        return default
    if value in ("0", "false", "no"):
        return False
    if value in ("1", "true", "yes"):
        return True
    raise ValueError(f"{COMPAT_DOCUMENT_NAME}={text!r} is neither yes nor no; give 1 or 0")
