"""3D exports and usage reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date

from krea_client.sandbox.account import Account
from krea_client.sandbox.api_document import ApiOperation
from krea_client.sandbox.handlers import Handler
from krea_client.sandbox.handlers.jobs import no_job
from krea_client.sandbox.http_messages import FieldProblem, Request, Response, answer, bad_request, invalid, refusal
from krea_client.sandbox.job_outputs import FOLDERS
from krea_client.sandbox.job_states import status
from krea_client.sandbox.ledger import MICRO
from krea_client.sandbox.request_parsing import query_of, read_object, token_of

# The sandbox's own: what one US dollar is in compute units.
UNITS_PER_DOLLAR = 100.0


def export(account: Account, operation: ApiOperation, request: Request) -> Response:
    """Return the address of a ZIP with a job's 3D model in another format."""
    body = read_object(request.body)
    if isinstance(body, Response):
        return body
    problems = account.validator.problems(operation, body)
    if problems:
        return invalid(problems)
    job = account.job_store.find(body["job_id"])
    if job is None:
        return no_job()
    state = status(job, account.clock.monotonic())
    if job.ended is None:
        return refusal(409, f"Job {job.job_id} is {state}: wait until it is completed.")
    piece = job.product.solid(body.get("node_app_key"))
    if state != "completed" or job.ending == "empty" or piece is None:
        return refusal(422, f"Job {job.job_id} is {state} and has no such 3D model.")
    mark = f"{piece.mark}-" if piece.mark else ""
    return answer(200, {"url": f"{job.home}{FOLDERS['zip']}{job.job_id}/{mark}{body['file_format']}.zip"})


def usage(account: Account, operation: ApiOperation, request: Request) -> Response:
    """Return what each completed job of a time used, to a token that may know it."""
    if token_of(request) not in account.rules.usage_tokens:
        return refusal(403, "This token may not read the usage.")
    query = query_of(request.query)
    problems = account.validator.query_problems(operation, query)
    problems += [FieldProblem(name, "is required") for name in ("start_date", "end_date") if name not in query]
    if problems:
        return bad_request(problems)
    first, last = date.fromisoformat(query["start_date"]), date.fromisoformat(query["end_date"])
    if last < first:
        return bad_request([FieldProblem("end_date", "is before start_date")])
    now = account.clock.monotonic()
    rows = [
        {
            "job_id": job.job_id,
            "type": job.operation.model,
            "compute_units": job.price / MICRO * UNITS_PER_DOLLAR,
        }
        for job in account.job_store
        if status(job, now) == "completed" and first <= job.created_at.astimezone(UTC).date() <= last
    ]
    return answer(200, {"start_date": first.isoformat(), "end_date": last.isoformat(), "jobs": rows})


HANDLERS: Mapping[str, Handler] = {
    "export_3d": export,
    "get_usage": usage,
}
