"""What the name of a call says: whether it may be a request."""

from __future__ import annotations

import re

from krea_migrate import ir, profile
from krea_migrate.flow.http_clients import LATER, MAY_SEND, SENDS
from krea_migrate.ir import tail

PRETENDS = re.compile(r"mock|responses|respx|nock|\bmsw\b|httpserver|\broute", re.IGNORECASE)  # tests and servers
_TELLS = re.compile(
    r"\b(_?log(ger|ging)?|console|analytics|sentry\w*|notif\w*|metrics|tracer?|posthog)\b", re.IGNORECASE
)
EXPECTS = re.compile(r"to[A-Z]|assert_|calledWith")  # what a test looks at
# Clients of other services.
OTHERS = re.compile(
    r"\b(replicate|fal|openai|runway\w*|luma\w*|genai|gemini|stability\w*|together|anthropic)\b", re.IGNORECASE
)


def is_no_client(receiver: str) -> bool:
    """Return whether an object only logs or pretends, so that its methods send nothing to the API."""
    return bool(_TELLS.search(receiver) or PRETENDS.search(receiver))


def may_send(name: str) -> bool:
    """Return whether a call of this name may be a request."""
    low = name.lower()
    is_listed = name in SENDS or name in profile.active().own_calls or name in LATER
    return is_listed or (
        (profile.active().word in low or any(part in low for part in MAY_SEND)) and not EXPECTS.match(name)
    )


def named_in_requests(module: ir.Module) -> set[str]:
    """Return the names that calls which may be requests begin with, and what they are given."""
    names: set[str] = set()
    calls = [site.call for site in module.calls if may_send(tail(site.call.of))]
    nodes = [node for call in calls for node in (call.of, *call.args, *(word.value for word in call.words))]
    for node in (*nodes, *(body for site in module.requests for body in site.node.bodies)):
        root: ir.Node = node
        while isinstance(root, (ir.Attr, ir.Item, ir.Call)):
            root = root.of
        names |= {root.id} if isinstance(root, ir.Name) else set()
    return names
