"""What is measured, and how much of it is allowed."""

from __future__ import annotations

import json
from pathlib import Path

from bench.environments import Environment
from bench.figures import Figure, compare
from bench.processes import Cost, in_turn, output_of

CHILDREN = Path(__file__).with_name("children")
PATH = "/generate/image/z-image/z-image"
FIELDS = "prompt='a gothic cathedral at dusk', aspect_ratio='16:9', resolution='1K'"
EMPTY = "pass"
IMPORT_HTTPX = "import httpx"
CALL_HTTPX = """
import httpx
with httpx.Client(headers={'authorization': 'Bearer toy-token'}) as client:
    client.post('BASE/PATH', json=dict(FIELDS)).raise_for_status().json()
"""
CALL_KREA = """
from krea_client import Krea
with Krea('toy-token', 'BASE') as krea:
    krea.submit('z-image/z-image', FIELDS)
"""
CALL_TYPED = """
from krea_client import Krea
from krea_api.models import ZImageRequest
with Krea('toy-token', 'BASE') as krea:
    krea.submit(ZImageRequest(FIELDS))
"""
CALL_HTTPX_ASYNC = """
import asyncio, httpx
async def main():
    async with httpx.AsyncClient(headers={'authorization': 'Bearer toy-token'}) as client:
        (await client.post('BASE/PATH', json=dict(FIELDS))).raise_for_status().json()
asyncio.run(main())
"""
CALL_KREA_ASYNC = """
import asyncio
from krea_client import AsyncKrea
async def main():
    async with AsyncKrea('toy-token', 'BASE') as krea:
        await krea.submit('z-image/z-image', FIELDS)
asyncio.run(main())
"""


def alone_in(environment: Environment, program: str, port: int = 0) -> list[str]:
    """Return the command that runs a program in an environment, against the server on this port."""
    source = program.replace("BASE", f"http://127.0.0.1:{port}").replace("/PATH", PATH).replace("FIELDS", FIELDS)
    return [str(environment.python), "-I", "-c", source]


def _cpu(costs: list[Cost]) -> list[float]:
    return [cost.cpu for cost in costs]


def startup(alone: Environment, cli: Environment, port: int, rounds: int) -> list[Figure]:
    """Return imports, first calls, memory and the start of the command, all in one run."""

    def python(program: str) -> list[str]:
        return alone_in(alone, program, port)

    costs = in_turn(
        {
            "empty": python(EMPTY),
            "httpx": python(IMPORT_HTTPX),
            "krea_client": python("import krea_client"),
            "Krea": python("from krea_client import Krea"),
            "call httpx": python(CALL_HTTPX),
            "call krea": python(CALL_KREA),
            "call typed": python(CALL_TYPED),
            "call krea cli": alone_in(cli, CALL_KREA, port),
            "call httpx async": python(CALL_HTTPX_ASYNC),
            "call krea async": python(CALL_KREA_ASYNC),
            "help": [str(cli.folder / "bin" / "krea-client"), "--help"],
            "list": [str(cli.folder / "bin" / "krea-client"), "models", "list"],
        },
        rounds,
    )
    cpu = {name: _cpu(measured) for name, measured in costs.items()}
    memory = {name: [cost.memory for cost in measured] for name, measured in costs.items()}
    empty, call, later = cpu["empty"], "httpx.Client and one post", "httpx.AsyncClient and one post"
    return [
        compare("import krea_client", IMPORT_HTTPX, cpu["krea_client"], cpu["httpx"], baseline=empty, most=0.25),
        compare("from krea_client import Krea", IMPORT_HTTPX, cpu["Krea"], cpu["httpx"], baseline=empty),
        compare(
            "import and first submit", call, cpu["call krea"], cpu["call httpx"], baseline=empty, most=1.25, goal=1.15
        ),
        compare("the same with a typed request", call, cpu["call typed"], cpu["call httpx"], baseline=empty),
        compare("the same with the extra cli installed", call, cpu["call krea cli"], cpu["call httpx"], baseline=empty),
        compare("the same with AsyncKrea", later, cpu["call krea async"], cpu["call httpx async"], baseline=empty),
        compare("peak memory of import and first submit", call, memory["call krea"], memory["call httpx"], unit="MB"),
        compare("krea-client --help (whole process)", IMPORT_HTTPX, cpu["help"], cpu["httpx"], most=2.5),
        compare("krea-client models list (whole process)", IMPORT_HTTPX, cpu["list"], cpu["httpx"], most=2.5),
    ]


def exchanges(environment: Environment, subject: str, port: int, rounds: int, size: int) -> dict[str, list[float]]:
    """Return CPU milliseconds of one call, by side and round."""
    arguments = [subject, str(port), str(rounds), str(size)]
    seconds = json.loads(output_of([str(environment.python), "-I", str(CHILDREN / "exchanges.py"), *arguments]))
    return {side: [seconds * 1000 / size for seconds in batches] for side, batches in seconds.items()}


def throughput(alone: Environment, port: int, rounds: int, size: int = 200) -> list[Figure]:
    """Call per second, as CPU time of a call, beside bare httpx in the same process."""
    rows = [
        ("submit, calls/s", "krea", "httpx.Client.post", 0.90),
        ("submit of a typed request, calls/s", "krea-typed", "httpx.Client.post", None),
        ("AsyncKrea.submit, calls/s", "krea-async", "httpx.AsyncClient.post", 0.90),
    ]
    figures = []
    for name, subject, beside, least in rows:
        seconds = exchanges(alone, subject, port, rounds, size)
        figures.append(
            compare(
                name,
                beside,
                seconds["subject"],
                seconds["httpx"],
                unit="ms/call",
                inverse=True,
                least=least,
            )
        )
    return figures


def translations(alone: Environment, rounds: int, size: int = 2000) -> list[Figure]:
    """Measure what deprecated field names cost for each body, beside writing it as JSON."""
    output = output_of([str(alone.python), "-I", str(CHILDREN / "translations.py"), str(rounds), str(size)])
    costs = {name: [seconds * 1e6 / size for seconds in batches] for name, batches in json.loads(output).items()}
    names = {0: "no deprecated name", 1: "one deprecated name", 3: "three deprecated names"}
    figures = []
    for work, title in (("translate", "aliases.translate"), ("prepare", "translate, warn, check, write")):
        for count, label in names.items():
            figures.append(
                compare(
                    f"{title}: {label}", "json.dumps of the body", costs[f"{work} {count}"], costs["json"], unit="µs"
                )
            )
    return figures


def other_hosts(beside: Environment, port: int, rounds: int, size: int = 200) -> list[Figure]:
    """Return what `legacy.install()` adds to calls that have nothing to do with Krea."""
    rows = [
        ("httpx.Client.post", "httpx"),
        ("httpx.AsyncClient.post", "httpx-async"),
        ("requests.Session.post", "requests"),
        ("urllib.request.urlopen", "urllib"),
    ]
    figures = []
    for name, library in rows:
        arguments = [library, str(port), str(rounds), str(size)]
        seconds = json.loads(output_of([str(beside.python), "-I", str(CHILDREN / "other_hosts.py"), *arguments]))
        costs = {side: [seconds * 1000 / size for seconds in batches] for side, batches in seconds.items()}
        figures.append(compare(name, "the same, bare", costs["installed"], costs["bare"], unit="ms/call", most=1.02))
    return figures
