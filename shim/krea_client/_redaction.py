"""Addresses as they may be shown: without user name and password, query and fragment, which may be secrets."""

from __future__ import annotations

import re


def redact_url(url: str) -> str:
    """Return an address without user name, password, query and fragment."""
    address = re.split("[?#]", url, maxsplit=1)[0]
    scheme, mark, rest = address.rpartition("://")
    authority, slash, path = rest.partition("/")
    port = authority.rpartition("@")[2].rpartition(":")[2]
    if "@" in path and ":" in authority and "@" not in authority and not port.isdigit():
        authority, slash, path = "", "", rest.rpartition("@")[2]  # a password with a slash in it
    return f"{scheme}{mark}{authority.rpartition('@')[2]}{slash}{path}"
