"""What the names and texts of a file say of the API, and how messages name what the source has no name for."""

from __future__ import annotations

import re

from krea_migrate import ir, profile
from krea_migrate.ir import tail

_INNER = re.compile(r"#\d+\.?\s*")  # parameters that are taken apart where they are named


def speaks_of_api(module: ir.Module) -> bool:
    """Return whether some text or name in the file speaks of the API."""
    api = profile.active()
    texts = (token.value for token in module.texts)
    if any(api.domain in text or api.prefix in text or api.word.upper() in text for text in texts):
        return True
    return any(
        api.word.upper() in name.id or (module.dialect.has_pages and api.names(name.id)) for name in module.names
    )


def readable(hint: str) -> str:
    """Return a name of the source, without what the readers of languages add."""
    return _INNER.sub("", hint).strip() or "what the function is given"


def called(node: ir.Node) -> tuple[str, int]:
    """Return the last name of what a call calls or of what is set, and where it ends."""
    of = node.of if isinstance(node, ir.Call) else node
    return tail(of), of.end if of.end > node.start else node.end
