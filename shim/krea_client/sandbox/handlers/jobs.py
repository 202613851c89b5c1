"""Jobs: submit, train, list, show, cancel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from krea_client.sandbox.account import Account
from krea_client.sandbox.api_document import ApiOperation
from krea_client.sandbox.handlers import Handler
from krea_client.sandbox.http_messages import FieldProblem, Request, Response, answer, bad_request, invalid, refusal
from krea_client.sandbox.job_outputs import JobOutputs, product
from krea_client.sandbox.job_states import SandboxJob, describe, stamp, status
from krea_client.sandbox.request_parsing import is_of, is_web_address, moment, query_of, read_object
from krea_client.sandbox.schema_validation import translate

DEFAULT_PAGE = 100


def submit(account: Account, operation: ApiOperation, request: Request) -> Response:
    """Begin a generation."""
    return _begun(account, operation, request, product)


def train(account: Account, operation: ApiOperation, request: Request) -> Response:
    """Begin a training; its style is there, and private, once the job is completed."""
    return _begun(account, operation, request, lambda _, __: JobOutputs("style"))


def _begun(
    account: Account,
    operation: ApiOperation,
    request: Request,
    making: Callable[[ApiOperation, Mapping[str, Any]], JobOutputs],
) -> Response:
    fields = checked(account, operation, request)
    if isinstance(fields, Response):
        return fields
    price = account.price(operation, fields)
    refused = account.payment_refusal(price)
    if refused is not None:
        return refused
    webhook = request.headers.get("x-webhook-url")
    job = account.begin(operation, request, price, making(operation, fields), webhook)
    if job.product.shape == "style":
        job.style = account.styles.train(fields, stamp(job.created_at))
    return answer(200, describe(job, job.submitted))


def checked(account: Account, operation: ApiOperation, request: Request) -> dict[str, Any] | Response:
    """Read the body of a paid request under today's names, or make the refusal of it."""
    body = read_object(request.body)
    if isinstance(body, Response):
        return body
    fields, problems = translate(operation, body, account.today().date())
    problems += account.validator.problems(operation, fields)
    webhook = request.headers.get("x-webhook-url")
    if webhook is not None and not is_web_address(webhook):
        problems.append(FieldProblem("X-Webhook-URL", "is not an http or https URL"))
    if problems:
        return invalid(problems)
    return account.missing_media(request) or fields


def listing(account: Account, operation: ApiOperation, request: Request) -> Response:
    """List jobs, newest first."""
    query = query_of(request.query)
    problems = account.validator.query_problems(operation, query)
    before = moment(query["cursor"]) if "cursor" in query else None
    if "cursor" in query and before is None:
        problems.append(FieldProblem("cursor", "is not a date-time"))
    if problems:
        return bad_request(problems)
    now = account.clock.monotonic()
    types, state = [name for name in query.get("types", "").split(",") if name], query.get("status")

    def matches(job: SandboxJob) -> bool:
        return (state is None or status(job, now) == state) and (not types or is_of(job.operation.model, types))

    jobs, more = account.job_store.page(before, int(query.get("limit", DEFAULT_PAGE)), matches)
    cursor = stamp(jobs[-1].created_at) if more else None
    return answer(200, {"items": [describe(job, now) for job in jobs], "next_cursor": cursor})


def show(account: Account, _: ApiOperation, request: Request) -> Response:
    """Show one job."""
    job = account.job_store.find(request.path.rpartition("/")[2])
    return answer(200, describe(job, account.clock.monotonic())) if job else no_job()


def cancel(account: Account, _: ApiOperation, request: Request) -> Response:
    """Cancel a job that has not ended."""
    now = account.clock.monotonic()
    job = account.job_store.find(request.path.rpartition("/")[2])
    if job is None:
        return no_job()
    if not account.job_store.cancel(job, now):
        # 404 is the only refusal that the page documents.
        return refusal(404, f"Job {job.job_id} is {status(job, now)}: only a job that has not ended can be cancelled.")
    account.close(job, now)
    return Response(200)


def no_job() -> Response:
    """Make the 404 of a job that never was, or is forgotten."""
    return refusal(404, "There is no such job.")


HANDLERS: Mapping[str, Handler] = {
    "list_jobs": listing,
    "get_job": show,
    "delete_job": cancel,
    "train_style": train,
}
