"""Calls that steer a served sandbox from outside, in any language: everything under `/__sandbox__/`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from krea_client.sandbox.http_messages import Request, Response, answer, refusal
from krea_client.sandbox.job_states import stamp
from krea_client.sandbox.sandbox import Sandbox

PREFIX = "/__sandbox__/"


def control(box: Sandbox, request: Request) -> Response:
    """Do what the call asks and answer with the sandbox's state, or with the list that it names.

    GET state, ledger, jobs, requests, webhooks. POST reset, clock {advance: seconds}, date {date}, balance {balance: USD},
    limit {concurrent?, backlog?}, faults [fault, ...]. 404 for another name, 405 for another method, 400 for a body that does not fit.
    """
    name = request.path.removeprefix(PREFIX)
    wanted = "GET" if name in READS else "POST"
    if name not in READS and name not in WRITES:
        known = ", ".join(sorted([*READS, *WRITES]))
        return refusal(404, f"There is no {PREFIX}{name}. There are: {known}.")
    if request.method != wanted:
        return answer(405, {"error": f"{request.path} answers to {wanted}."}, allow=wanted)
    if name in READS:
        return answer(200, READS[name](box))
    try:
        given = json.loads(request.body or b"{}")
        with box.machine.lock:
            WRITES[name](box, given)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        # Only what is said of a value is said in words for people.
        reason = f" ({error})" if isinstance(error, ValueError) else ""
        return refusal(400, f"The body does not fit{reason}: {request.path} takes {BODIES[name]}.")
    return answer(200, _state(box))


def _state(box: Sandbox) -> dict[str, Any]:
    state = box.state
    return state._asdict() | {"now": stamp(state.now), "totals": state.totals._asdict()}


def _ledger(box: Sandbox) -> list[dict[str, Any]]:
    return [
        row._asdict() | {"body": row.body.decode(errors="replace"), "created_at": stamp(row.created_at)}
        for row in box.ledger
    ]


def _requests(box: Sandbox) -> list[dict[str, Any]]:
    return [
        {
            "method": seen.method,
            "path": seen.path,
            "query": seen.query,
            "headers": dict(seen.headers),
            "body": seen.body.decode(errors="replace"),
        }
        for seen in box.requests
    ]


def _webhooks(box: Sandbox) -> list[dict[str, Any]]:
    return [{"job_id": one.job_id, "url": one.url, "body": json.loads(one.body)} for one in box.webhooks]


def _set_date(box: Sandbox, given: Mapping[str, Any]) -> None:
    box.date = given["date"]


def _set_balance(box: Sandbox, given: Mapping[str, Any]) -> None:
    box.balance = float(given["balance"])


def _set_limit(box: Sandbox, given: Mapping[str, Any]) -> None:
    box.limit(**{name: int(given[name]) for name in ("concurrent", "backlog") if name in given})


READS: Mapping[str, Callable[[Sandbox], object]] = {
    "state": _state,
    "ledger": _ledger,
    "jobs": lambda box: box.jobs,
    "requests": _requests,
    "webhooks": _webhooks,
}
BODIES: Mapping[str, str] = {
    "reset": "nothing",
    "clock": '{"advance": seconds}',
    "date": '{"date": "2026-06-18"}',
    "balance": '{"balance": USD}',
    "limit": '{"concurrent": jobs, "backlog": jobs}',
    "faults": '[{"kind": "reset"}, ...]',
}
WRITES: Mapping[str, Callable[[Sandbox, Any], object]] = {
    "reset": lambda box, _: box.reset(),
    "clock": lambda box, given: box.advance(given["advance"]),
    "date": _set_date,
    "balance": _set_balance,
    "limit": _set_limit,
    "faults": lambda box, given: box.faults.set(given),
}
