"""What must be true after any fault, whatever the caller did."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

from krea_client import KreaError
from krea_client.sandbox import Request
from reliability.cases import Case
from reliability.secrets_search import shown_by
from reliability.world import STORIES, TOKEN, World, told

LONGEST = 600.0  # virtual seconds: the deadline, the patience with a faulty API, and the pauses of one more exchange


async def verdict(world: World, case: Case) -> list[str]:
    """Play a case and give all that is wrong afterwards; nothing, if all is well."""
    began = world.box.clock.monotonic()
    world.box.faults.add(case.fault)
    await told(world, STORIES[case.operation])
    took = world.box.clock.monotonic() - began
    met_count = len(world.box.faults.met)
    problems = [f"it took {took:.0f} s"] if took > LONGEST else []
    problems += ["the fault was not met"] if not met_count else []
    problems += [*await _money(world), *_errors(world, case), *_files(world), *_secrets(world)]
    return problems


async def _money(world: World) -> list[str]:
    accepted = [row.job_id for row in world.box.ledger]
    too_many = f"{len(accepted)} jobs for {world.asked} requests"
    candidates = await world.candidates()
    problems = [too_many] if len(accepted) > world.asked else []
    problems += [
        f"job {lost_id} is paid for, and nobody was told" for lost_id in {*accepted} - {*world.held} - candidates
    ]
    problems += [f"job {wrong} is held and was offered as a candidate" for wrong in candidates & {*world.held}]
    return problems


def _errors(world: World, case: Case) -> Iterator[str]:
    for error in world.errors:
        if type(error) is KreaError:
            yield f"{error!r} has no type of its own"
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
        if (type(copy), str(copy), copy.job_id) != (type(error), str(error), error.job_id):
            yield f"{error!r} is another one after pickling"
        if (
            case.operation in ("wait", "run", "cancel")
            and world.box.ledger
            and error.job_id != world.box.ledger[0].job_id
        ):
            yield f"{error!r} does not say which job it is about"


def _files(world: World) -> Iterator[str]:
    for path in world.folder.iterdir():
        if path.name != "picture.png":
            yield f"{path.name} was left behind"
        elif path.read_bytes() != b"the older picture" and not path.read_bytes().startswith(_picture(world)):
            yield "the picture is half-written"  # bytes behind its end are kept: all that was sent has come


def _picture(world: World) -> bytes:
    job = world.box.ledger[0].job_id
    return world.box.answer(Request("GET", f"/images/{job}.png")).body


def _secrets(world: World) -> Iterator[str]:
    for error in world.errors:
        for place, text in shown_by(error):
            if TOKEN in text:
                yield f"the token shows in {place}"
    for path in world.folder.iterdir():
        if TOKEN.encode() in path.read_bytes():
            yield f"the token is in {path.name}"
