"""What each code means, for `--explain` and for editors."""

from __future__ import annotations

import re
from typing import NamedTuple

CERTAINTIES = """certain: no run of the program is made worse by the change; `migrate --write` makes it.
likely: right as far as the values could be followed; `migrate --write --likely` makes it too.
unsure: for you to decide; it is never written."""
SILENCED = """To keep a place as it is: `krea: ignore[{code}]` in a comment on its line or alone above it.
For a whole project: ignore = ["{code}"] below [tool.krea-client.migrate] in pyproject.toml."""


class Explanation(NamedTuple):
    """A rule in words."""

    code: str
    title: str
    text: str


def all_codes() -> dict[str, Explanation]:
    """Return every rule by its code."""
    from krea_migrate import documentation, unread
    from krea_migrate.rules import RULES, payload_files

    return {
        str(rule.CODE): Explanation(str(rule.CODE), str(rule.TITLE), _words(rule.__doc__ or ""))
        for rule in (*RULES, payload_files, unread, documentation)
    }


def of(code: str) -> Explanation:
    """Return the explanation of a code.

    Raises:
        KeyError: no rule has it.
    """
    return all_codes()[code]


def page(code: str) -> str:
    """Return what `--explain` prints.

    Raises:
        KeyError: no rule has the code.
    """
    explained = of(code)
    parts = (f"{code}: {explained.title}", explained.text, CERTAINTIES, SILENCED.format(code=code))
    return "\n\n".join(parts)


def _words(docstring: str) -> str:
    """Return a module's docstring without the code that it begins with, as a sentence."""
    words = " ".join(re.sub(r"^KREA\d+(?: in [^:]*)?: ", "", docstring).split())
    return words[:1].upper() + words[1:]
