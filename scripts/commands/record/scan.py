"""Looks through a cassette for what must not be published: tokens, cookies, signed addresses, anything that looks like a key."""

import math
import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .tape import PIXEL, REQUEST_HEADERS, RESPONSE_HEADERS, URL, texts

BEARER = re.compile(r"\b(?:bearer|basic|token)\s+[\w.~+/=-]{6,}", re.IGNORECASE)
KEY = re.compile(r"[A-Za-z0-9_+=-]{20,}")
# A job's id is a random UUID and no secret: it opens nothing without the token.
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
OPEN_PARAMETERS = frozenset({"cursor", "limit", "types", "status"})
# Bits per character: words and names of fields stay below 3.8, random keys of 20 characters and more are above.
MOST_ENTROPY = 3.8


def findings(cassette: dict[str, Any]) -> list[str]:
    """List what must not stand in the cassette; empty when it may be published."""
    findings: list[str] = []
    for exchange in cassette["interactions"]:
        findings += _headers(exchange["request"]["headers"], REQUEST_HEADERS)
        findings += _headers(exchange["response"]["headers"], RESPONSE_HEADERS)
        body = exchange["response"]["body"]["string"]
        if isinstance(body, bytes) and body != PIXEL:
            findings.append(f"a body of {len(body)} bytes that are no text")
    for text in texts(_without_pixels(cassette)):
        findings += _suspicious(text)
    return list(dict.fromkeys(findings))


def entropy(text: str) -> float:
    """Return bits per character, by how often each occurs in the text itself."""
    counts = Counter(text)
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values())


def _headers(headers: dict[str, Any], known_names: frozenset[str]) -> list[str]:
    return [f"header {name}" for name in headers if name.lower() not in known_names]


def _without_pixels(cassette: dict[str, Any]) -> list[object]:
    exchanges: list[object] = []
    for interaction in cassette["interactions"]:
        body = interaction["response"]["body"]["string"]
        exchanges.append(interaction["request"])
        exchanges.append({**interaction["response"], "body": "" if body == PIXEL else body})
    return exchanges


def _suspicious(text: str) -> list[str]:
    findings = [f"a credential: {match[0][:12]}..." for match in BEARER.finditer(text)]
    for url in URL.findall(text):
        parts = urlsplit(url)
        secret = [name for name, _ in parse_qsl(parts.query) if name not in OPEN_PARAMETERS]
        if secret or parts.username:
            findings.append(f"a signed address: {parts.netloc}{parts.path}")
    keys = KEY.findall(UUID.sub(" ", text))
    findings += [f"something like a key: {key[:8]}..." for key in keys if entropy(key) > MOST_ENTROPY]
    return findings
