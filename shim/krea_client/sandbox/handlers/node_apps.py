"""Node apps: show and execute."""

from __future__ import annotations

from collections.abc import Mapping

from krea_client.sandbox.account import Account
from krea_client.sandbox.api_document import ApiOperation
from krea_client.sandbox.handlers import Handler
from krea_client.sandbox.http_messages import Request, Response, answer, invalid, refusal
from krea_client.sandbox.job_states import describe
from krea_client.sandbox.ledger import DEFAULT_PRICE, micro
from krea_client.sandbox.node_app_catalogue import APPS
from krea_client.sandbox.request_parsing import read_object


def show(_account: Account, _: ApiOperation, request: Request) -> Response:
    """Show one node app."""
    app = APPS.get(request.path.split("/")[2])
    return answer(200, app.describe()) if app else _no_app()


def execute(account: Account, operation: ApiOperation, request: Request) -> Response:
    """Run a node app: all of its jobs begin, or none."""
    app = APPS.get(request.path.split("/")[2])
    if app is None:
        return _no_app()
    body = read_object(request.body)
    if isinstance(body, Response):
        return body
    problems = account.validator.schema_problems(app.inputs, body)
    if problems:
        return invalid(problems)
    price, count = micro(DEFAULT_PRICE), len(app.products)
    refused = account.missing_media(request) or account.payment_refusal(price * count, count)
    if refused is not None:
        return refused
    jobs = [account.begin(operation, request, price, product) for product in app.products]
    return answer(200, [describe(job, job.submitted) for job in jobs])


def _no_app() -> Response:
    return refusal(404, f"There is no such node app. The sandbox has {' and '.join(APPS)}.")


HANDLERS: Mapping[str, Handler] = {
    "get_node_app": show,
    "execute_node_app": execute,
}
