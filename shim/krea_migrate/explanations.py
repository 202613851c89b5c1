"""What each code means, for `--explain` and for editors."""

from __future__ import annotations

import re
from typing import NamedTuple

CERTAINTIES = """certain: no run of the program is made worse by the change; `migrate --write` makes it.
likely: right as far as the values could be followed; `migrate --write --likely` makes it too.
unsure: for you to decide; it is never written."""
UNSURE_ONLY = "Every finding is unsure: it is for you to decide, and never written."
WHAT_TO_DO = {
    "KREA201": "Leave the field out, or use what the message names instead.",
    "KREA202": "Move to the successor that the message names, and give it the fields that it takes.",
    "KREA203": "Correct the name if it is misspelled, else leave the field out: the request is refused with it.",
    "KREA204": "Give a value that the schema accepts, or the field that is missing: the request is refused as it is.",
    "KREA205": "Correct the address, then check again: which names a body has depends on the operation.",
    "KREA301": "Look up the new name: a schema does not list the deprecated one, so the code takes another branch.",
    "KREA302": "Map the deprecated names before the body is sent, as the message says, or refuse them where they come in.",
    "KREA303": "Look where the body goes; if it goes to the API, rename the field by hand.",
    "KREA304": "Change the test together with the program that it tests.",
    "KREA401": "Look at the place, and rename the field by hand if it belongs to a request.",
    "KREA402": "Rename the field in the text, so that nobody writes it into a program again.",
}
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

    rules = [(rule.code, rule.title, rule.text) for rule in RULES]
    rules += [(module.CODE, module.TITLE, module.__doc__ or "") for module in (payload_files, unread, documentation)]
    return {code: Explanation(code, title, _words(text)) for code, title, text in rules}


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
    advice = f"{WHAT_TO_DO[code]}\n\n{UNSURE_ONLY}" if code in WHAT_TO_DO else CERTAINTIES
    if code == "KREA303":  # options and members by the names of which keys are made
        advice = f"{WHAT_TO_DO[code]}\n\n{CERTAINTIES}"
    parts = (f"{code}: {explained.title}", explained.text, advice, SILENCED.format(code=code))
    return "\n\n".join(parts)


def _words(docstring: str) -> str:
    """Return a module's docstring without the code that it begins with, as a sentence."""
    words = " ".join(re.sub(r"^KREA\d+(?: in [^:]*)?: ", "", docstring).split())
    return words[:1].upper() + words[1:]
