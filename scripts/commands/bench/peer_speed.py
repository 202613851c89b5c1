"""Other people's clients beside the same bare httpx: their import, their first call, their calls per second."""

from __future__ import annotations

from bench.environments import Environment
from bench.figures import Figure, compare
from bench.processes import in_turn
from bench.subjects import (
    CALL_HTTPX,
    CHILDREN,
    EMPTY,
    IMPORT_HTTPX,
    alone_in,
    exchanges,
)

IMPORTS = {"fal": "import fal_client", "replicate": "import replicate", "openai": "import openai"}
FIRST_CALL = """
import sys
sys.path.insert(0, {folder!r})
import exchanges
exchanges.SUBJECTS[{subject!r}]('BASE')()
"""


def beside_httpx(
    alone: Environment, peer_environment: Environment, port: int, rounds: int, size: int = 200
) -> list[Figure]:
    """Return every peer's figures; httpx is imported where it stands alone, as for our own."""
    commands = {
        "empty": alone_in(alone, EMPTY),
        "httpx": alone_in(alone, IMPORT_HTTPX),
        "call httpx": alone_in(alone, CALL_HTTPX, port),
    }
    for name, program in IMPORTS.items():
        commands[name] = alone_in(peer_environment, program)
        commands[f"call {name}"] = alone_in(
            peer_environment, FIRST_CALL.format(subject=name, folder=str(CHILDREN)), port
        )
    costs = {name: [cost.cpu for cost in series] for name, series in in_turn(commands, rounds).items()}
    figures = []
    for name, program in IMPORTS.items():
        figures.append(compare(program, IMPORT_HTTPX, costs[name], costs["httpx"], baseline=costs["empty"]))
        figures.append(
            compare(
                f"{name}: import and first call",
                "httpx.Client and one post",
                costs[f"call {name}"],
                costs["call httpx"],
                baseline=costs["empty"],
            )
        )
        seconds = exchanges(peer_environment, name, port, rounds, size)
        figures.append(
            compare(
                f"{name}: calls/s",
                "httpx.Client.post",
                seconds["subject"],
                seconds["httpx"],
                unit="ms/call",
                inverse=True,
            )
        )
    return figures
