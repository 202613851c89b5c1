"""The HTTP calls under `/__sandbox__/` by which tests in any language control a served sandbox."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from krea_client.sandbox.http_messages import Request, Response, answer, refusal
from krea_client.sandbox.job_states import stamp
from krea_client.sandbox.sandbox import Sandbox

PREFIX = "/__sandbox__/"


def control(sandbox: Sandbox, request: Request) -> Response:
    """Carry out one control call; answer with the sandbox's state, or with the requested list.

    GET state, ledger, jobs, requests, webhooks. POST reset, clock {advance: seconds}, date {date}, balance {balance: USD},
    limit {concurrent?, backlog?}, faults [fault, ...], foreign {model, seconds?}.

    404 for another name, 405 for another method, 400 for a body that does not fit.
    """
    name = request.path.removeprefix(PREFIX)
    method = "GET" if name in READS else "POST"
    if name not in READS and name not in WRITES:
        names = ", ".join(sorted([*READS, *WRITES]))
        return refusal(404, f"There is no {PREFIX}{name}. There are: {names}.")
    if request.method != method:
        return answer(405, {"error": f"{request.path} answers to {method}."}, allow=method)
    if name in READS:
        return answer(200, READS[name](sandbox))
    try:
        payload = json.loads(request.body or b"{}")
        with sandbox.machine.lock:
            WRITES[name](sandbox, payload)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        # Only the text of a ValueError is written for users.
        reason = f" ({error})" if isinstance(error, ValueError) else ""
        return refusal(400, f"The body does not fit{reason}: {request.path} takes {BODIES[name]}.")
    return answer(200, _state(sandbox))


def _state(sandbox: Sandbox) -> dict[str, Any]:
    state = sandbox.state
    return state._asdict() | {"now": stamp(state.now), "totals": state.totals._asdict()}


def _ledger(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [
        row._asdict() | {"body": row.body.decode(errors="replace"), "created_at": stamp(row.created_at)}
        for row in sandbox.ledger
    ]


def _requests(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [
        {
            "method": request.method,
            "path": request.path,
            "query": request.query,
            "headers": dict(request.headers),
            "body": request.body.decode(errors="replace"),
        }
        for request in sandbox.requests
    ]


def _webhooks(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [
        {"job_id": delivery.job_id, "url": delivery.url, "body": json.loads(delivery.body)}
        for delivery in sandbox.webhooks
    ]


def _set_date(sandbox: Sandbox, payload: Mapping[str, Any]) -> None:
    sandbox.date = payload["date"]


def _set_balance(sandbox: Sandbox, payload: Mapping[str, Any]) -> None:
    sandbox.balance = float(payload["balance"])


def _add_foreign_job(sandbox: Sandbox, payload: Mapping[str, Any]) -> None:
    seconds = payload.get("seconds")
    sandbox.add_foreign_job(payload["model"], seconds=None if seconds is None else float(seconds))


def _set_limit(sandbox: Sandbox, payload: Mapping[str, Any]) -> None:
    sandbox.limit(**{name: int(payload[name]) for name in ("concurrent", "backlog") if name in payload})


READS: Mapping[str, Callable[[Sandbox], object]] = {
    "state": _state,
    "ledger": _ledger,
    "jobs": lambda sandbox: sandbox.jobs,
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
    "foreign": '{"model": "z-image/z-image", "seconds": 6}',
}
WRITES: Mapping[str, Callable[[Sandbox, Any], object]] = {
    "reset": lambda sandbox, _: sandbox.reset(),
    "clock": lambda sandbox, payload: sandbox.advance(payload["advance"]),
    "date": _set_date,
    "balance": _set_balance,
    "limit": _set_limit,
    "foreign": _add_foreign_job,
    "faults": lambda sandbox, payload: sandbox.faults.set(payload),
}
