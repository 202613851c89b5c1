"""JSON values as YAML that YAML 1.1 and 1.2 readers understand alike: block style, and quotes wherever a plain word could be misread."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from krea_client import _json

# Plain text that no YAML reader takes for a number, a date, a boolean, null, a comment or the beginning of something else.
_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_/.() ,+-]*(?<! )")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"})


def dump(value: object) -> str:
    """Return the value as one YAML document."""
    return "\n".join(_lines(value, 0)) + "\n"


def _lines(value: object, depth: int) -> Iterator[str]:
    space = "  " * depth
    if (members := _json.mapping(value)) is not None and members:
        for key, part in members.items():
            yield from _entry(f"{space}{_scalar(key)}:", part, depth)
    elif (parts := _json.sequence(value)) is not None and parts:
        for part in parts:
            inner = list(_lines(part, depth + 1))
            yield f"{space}- {inner[0].lstrip(' ')}"
            yield from inner[1:]
    else:
        yield space + _scalar(value)


def _entry(head: str, part: object, depth: int) -> Iterator[str]:
    if (_json.mapping(part) is not None or _json.sequence(part) is not None) and part:
        yield head
        yield from _lines(part, depth + 1)
    else:
        yield f"{head} {_scalar(part)}"


def _scalar(value: object) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    if isinstance(value, float):
        mantissa, mark, power = repr(value).partition("e")
        return f"{mantissa}{'' if '.' in mantissa else '.0'}{mark}{power}"  # YAML 1.1 reads 1e-07 as a word
    # A JSON text is a YAML value; DEL, NEL and the other control characters are not allowed bare in YAML.
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]", lambda character: f"\\u{ord(character[0]):04x}", text
    )
