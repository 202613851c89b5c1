"""The figures that are measured against the sandbox, in virtual time, each with its goal."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from krea_client import AsyncKrea, Krea, KreaError, OutcomeUnknown
from krea_client._core.policies import Retry
from krea_client._spec.catalogue import catalogue
from krea_client.sandbox import Sandbox
from krea_client.sandbox.fault_kinds import KINDS, WEBHOOK_KINDS
from reliability.cases import MODES, RETRY_AFTER, cases, variants
from reliability.measurement import Measurement
from reliability.secrets_search import shown_by
from reliability.verdict import verdict
from reliability.world import REQUEST, TOKEN, played


def every_fault() -> Measurement:
    """Measure every fault in the way of every operation, sync and async."""
    table = cases()
    with asyncio.Runner() as runner:
        bad = [
            f"{case.name}-{mode}: {problems}"
            for case in table
            for mode in MODES
            if (problems := played(mode, partial(verdict, case=case), runner))
        ]
    measured = f"{2 * len(table) - len(bad)} of {2 * len(table)} cases" + "".join(f"; {failure}" for failure in bad[:3])
    title = "every paid job is returned or reported to the caller; none twice; no incomplete files; typed errors"
    return Measurement("every fault", title, measured, "all of at least 600", not bad and 2 * len(table) >= 600)


def every_operation() -> Measurement:
    """Measure every fault of a submission, in the way of every paid operation, sync and async."""
    operations = [
        operation
        for operation in map(catalogue().operation, catalogue().index["operations"])
        if operation.paid and operation.model
    ]
    kinds = [variant for variant in variants() if variant[0] not in ("giant", "deep", "drip")]
    count = [0, 0, 0]
    for mode in MODES:
        for operation in operations:
            count = [
                old + new for old, new in zip(count, asyncio.run(_submissions(mode, operation, kinds)), strict=True)
            ]
    sent_count, doubled, lost_count = count
    measured = f"{doubled} doubled, {lost_count} lost in {sent_count:,} submissions ({len(kinds)} faults, {len(operations)} operations)"
    goal = "none, over at least 48 faults, sync and async, all paid operations"
    is_met = not doubled and not lost_count and len(kinds) >= 48
    return Measurement("every operation", "jobs created twice, or created and not reported", measured, goal, is_met)


async def _submissions(mode: str, operation: Any, kinds: list[Any]) -> tuple[int, int, int]:
    """Return how many were sent, made more than one job, and made one that nobody was told of."""
    box = Sandbox(date="2026-11-20", time_scale=0, balance=1e6, concurrent=10_000)
    kind = Krea if mode == "sync" else AsyncKrea
    krea: Any = kind(TOKEN, transport=box.transport(), clock=box.clock, aliases="silent")
    body, doubled, lost_count = operation.details["examples"][0], 0, 0
    for fault, accepted, value in kinds:
        before, is_told = box.totals.accepted, True
        box.faults.set([{"kind": fault, "on": "submit", "accepted": accepted, "value": value}])
        try:
            submission = krea.submit(operation.model, body, check=False)
            _ = submission if mode == "sync" else await submission
        except OutcomeUnknown:
            pass
        except KreaError:
            is_told = False
        more = box.totals.accepted - before
        doubled += more > 1
        lost_count += more > 0 and not is_told
    _ = krea.close() if mode == "sync" else await krea.aclose()
    return len(kinds), doubled, lost_count


def outage(calls: int = 1000) -> Measurement:
    """Measure what a full outage makes of a thousand reads."""
    box = Sandbox(date="2026-11-20", time_scale=0)
    worst = 0
    with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
        box.faults.add({"kind": "json-503", "times": 0})
        for _ in range(calls):
            before = len(box.faults.met)
            try:
                krea.jobs.get("j")
            except KreaError:
                worst = max(worst, len(box.faults.met) - before)
    load = len(box.faults.met) / calls
    measured = f"{load:.2f} requests per call, {worst} at most"
    return Measurement(
        "outage",
        f"load of {calls:,} reads while the API is down",
        measured,
        "at most 1.1, and 3 for one call",
        load <= 1.1 and worst <= 3,
    )


def headers() -> Measurement:
    """Measure every Retry-After there is, on every kind of call, and the deadline of a wait under all of them."""
    crashes, longest, late = 0, 0.0, 0.0
    for value in RETRY_AFTER:
        for operation in ("submit", "look"):
            box = Sandbox(date="2026-11-20", time_scale=0)
            with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
                job = krea.submit(
                    "z-image/z-image", prompt="[sandbox:seconds=9000]", aspect_ratio="1:1", resolution="1K"
                )
                box.faults.add({"kind": "429-after", "value": value, "times": 0})
                began = box.clock.monotonic()
                try:
                    if operation == "submit":
                        krea.submit("z-image/z-image", prompt="a", aspect_ratio="1:1", resolution="1K")
                    else:
                        krea.wait(job, deadline=45)
                except KreaError:
                    took = box.clock.monotonic() - began
                    longest = max(longest, took if operation == "submit" else 0.0)
                    late = max(late, took - 45 if operation == "look" else 0.0)
                except Exception:  # noqa: BLE001  # what must not happen is counted
                    crashes += 1
    limit = Retry().budget
    measured = f"{crashes} crashes, {longest:.0f} s for the longest submission, deadline passed by {late * 1000:.0f} ms"
    goal = f"0 crashes, at most {limit:.0f} s, 100 ms"
    return Measurement(
        "Retry-After",
        f"{len(RETRY_AFTER)} values of Retry-After",
        measured,
        goal,
        not crashes and longest <= limit and late <= 0.1,
    )


TRUNCATIONS = (
    "cut",
    "cut-reset",
    "cut-timeout",
    "cut-without-length",
    "length-too-long",
    "length-too-short",
    "html-200",
    "bad-gzip",
)


def downloads() -> Measurement:
    """Measure every way to break a download off, onto a good older file; and how much is fetched twice."""
    clobbered = unseen = 0
    for kind in TRUNCATIONS:
        with tempfile.TemporaryDirectory() as folder:
            box, target = Sandbox(date="2026-11-20", time_scale=0), Path(folder) / "a.png"
            with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
                job = krea.run("openai/gpt-image-2", prompt="a", width=64, height=64)
                target.write_bytes(b"older")
                box.faults.add({"kind": kind, "on": "result", "times": 0})
                try:
                    krea.save(job, target, overwrite=True)
                    unseen += 1
                except KreaError:
                    pass
                clobbered += target.read_bytes() != b"older" or len(list(Path(folder).iterdir())) != 1
    saved = _resumed()
    measured = f"{len(TRUNCATIONS) - unseen} of {len(TRUNCATIONS)} detected, {clobbered} overwritten, {saved:.0%} of received bytes kept"
    return Measurement(
        "downloads",
        "broken downloads",
        measured,
        "all detected, 0 overwritten, 90 % kept",
        not unseen and not clobbered and saved >= 0.9,
    )


def _resumed() -> float:
    with tempfile.TemporaryDirectory() as folder:
        box = Sandbox(date="2026-11-20", time_scale=0)
        with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
            job = krea.run("openai/gpt-image-2", prompt="a", width=512, height=512)
            box.faults.add({"kind": "cut-reset", "on": "result"})
            [path] = krea.save(job, folder)
            half_size = path.stat().st_size // 2
        first = int(box.requests[-1].headers.get("range", "bytes=0-")[6:-1])
        return first / half_size


def secrets() -> Measurement:
    """Measure where the token can be seen: on a client, and on every error that a fault on a submission or a look makes."""
    places, hits = 0, 0
    for kind in sorted(set(KINDS) - set(WEBHOOK_KINDS)):
        for on in ("submit", "look"):
            box = Sandbox(date="2026-11-20", time_scale=0)
            with Krea(TOKEN, transport=box.transport(), clock=box.clock, retry=Retry(attempts=1)) as krea:
                box.faults.add({"kind": kind, "on": on})
                texts = [repr(krea), str(krea), repr(vars(krea))]
                try:
                    krea.wait(krea.submit(*REQUEST), deadline=5)
                except KreaError as error:
                    texts += [text for _, text in shown_by(error)]
            places += len(texts)
            hits += sum(TOKEN in text for text in texts)
    measured = f"{hits} of {places} texts, values and frames show the token"
    return Measurement(
        "secrets", "reprs, states, pickles, tracebacks and frames of clients and errors", measured, "none", not hits
    )


FIGURES: tuple[Callable[[], Measurement], ...] = (every_fault, every_operation, outage, headers, downloads, secrets)
