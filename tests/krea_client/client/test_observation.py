"""What a client tells while it works: log records, hooks round each exchange, OpenTelemetry spans."""

import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from krea_client import Hooks, JobFailed, Rejected, RequestEvent, ResponseEvent

from .adapter import ClientAdapter
from .between import Between, Forward, answered, stopped
from .conftest import GOOD, TOKEN, Make

MODEL = "z-image/z-image"
SECRET_PROMPT = "a fox that nobody may read of"
FIELDS = {**GOOD, "prompt": SECRET_PROMPT}


@pytest.fixture(scope="module")
def exporter() -> Iterator[InMemorySpanExporter]:
    memory = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(memory))
    before = trace._TRACER_PROVIDER
    trace._TRACER_PROVIDER = provider  # its public setter can be called once, and other tests of this process want none
    yield memory
    trace._TRACER_PROVIDER = before


@pytest.fixture
def spans(exporter: InMemorySpanExporter) -> InMemorySpanExporter:
    exporter.clear()
    return exporter


def by_name(spans: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in spans.get_finished_spans()}


def test_the_log_tells_of_a_job_from_submission_to_file(
    client: ClientAdapter, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG, "krea_client")
    job = client.run(MODEL, FIELDS)
    (path,) = client.save(job, tmp_path)
    jobs = [record.getMessage() for record in caplog.records if record.name == "krea_client.jobs"]
    assert jobs[0] == f"job {job.id} submitted: {MODEL}"
    assert jobs[1].startswith(f"job {job.id} completed after ")
    assert str(path) in jobs[2]
    exchanges = [record.getMessage() for record in caplog.records if record.name == "krea_client.http"]
    assert exchanges[0].startswith("POST /generate/image/z-image/z-image: status 200 after ")
    assert all(text.startswith(f"GET /jobs/{job.id}: status 200") for text in exchanges[1:])
    assert TOKEN not in caplog.text
    assert SECRET_PROMPT not in caplog.text


def test_the_log_says_when_a_request_is_sent_again(
    client: ClientAdapter, between: Between, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "krea_client")
    job = client.submit(MODEL, FIELDS)
    between.on("GET", answered(503))
    client.jobs.get(job.id)
    (again,) = [record.getMessage() for record in caplog.records if "follows in" in record.getMessage()]
    assert again.startswith(f"GET /jobs/{job.id}: status 503 after ")
    assert "; try 2 follows in " in again


def test_the_environment_can_turn_the_log_on(
    make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    logger = logging.getLogger("krea_client")
    before = logger.handlers[:], logger.level
    monkeypatch.setenv("KREA_CLIENT_LOG", "info")
    try:
        job = make().run(MODEL, FIELDS)
        make()  # a second client shows nothing twice
        make().jobs.get(job.id)
    finally:
        logger.handlers = before[0]
        logger.setLevel(before[1])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].split(": ", 1)[1] == f"job {job.id} submitted: {MODEL}"
    assert len(lines) == 2


def test_a_level_that_does_not_exist_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KREA_CLIENT_LOG", "loud")
    with pytest.raises(ValueError, match="KREA_CLIENT_LOG='loud' is no level: give one of debug, info, warning"):
        make()


def test_hooks_are_called_round_each_exchange(make: Make) -> None:
    requests: list[RequestEvent] = []
    responses: list[ResponseEvent] = []
    client = make(hooks=Hooks(requests.append, responses.append))
    job = client.run(MODEL, FIELDS)
    assert requests[0] == RequestEvent("POST", "/generate/image/z-image/z-image", MODEL, 1, paid=True)
    assert [event.request for event in responses] == requests
    assert responses[0].status == 200
    assert responses[0].headers["content-type"] == "application/json"
    assert responses[0].retry_in is None
    assert {event.path for event in requests[1:]} == {f"/jobs/{job.id}"}
    assert TOKEN not in repr(requests) + repr(responses)


def test_hooks_see_faults_and_retries(make: Make, between: Between) -> None:
    responses: list[ResponseEvent] = []
    client = make(hooks=Hooks(on_response=responses.append))
    job = client.submit(MODEL, FIELDS)
    between.on("GET", stopped(httpx.ConnectError, "no route"))
    client.jobs.get(job.id)
    _, failed, repeated = responses
    assert (failed.status, failed.error, failed.request.attempt) == (None, "no route", 1)
    assert failed.retry_in is not None
    assert (repeated.status, repeated.request.attempt) == (200, 2)


def test_a_hook_that_fails_costs_no_job(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_event: object) -> None:
        raise ZeroDivisionError

    job = make(hooks=Hooks(broken, broken)).submit(MODEL, FIELDS)
    assert job.id
    assert "a hook of the client failed" in caplog.text


def test_async_hooks_are_awaited_by_the_async_client_only(make: Make, mode: str) -> None:
    statuses: list[int | None] = []

    async def note(event: ResponseEvent) -> None:
        statuses.append(event.status)

    make(hooks=Hooks(on_response=note)).submit(MODEL, FIELDS)
    assert statuses == ([200] if mode == "async" else [])


def test_a_run_is_a_span_with_its_parts(client: ClientAdapter, spans: InMemorySpanExporter, tmp_path: Path) -> None:
    with trace.get_tracer("test").start_as_current_span("request of a user") as outer:
        job = client.run(MODEL, FIELDS)
    client.save(job, tmp_path)
    finished = by_name(spans)
    run, submit, wait, save = (finished[f"krea.{name}"] for name in ("run", "submit", "wait", "save"))
    assert run.parent is not None
    assert run.parent.span_id == outer.get_span_context().span_id
    assert {part.parent and part.parent.span_id for part in (submit, wait)} == {run.context and run.context.span_id}
    assert submit.attributes is not None
    assert submit.attributes["krea.model"] == MODEL
    assert submit.attributes["krea.job.id"] == job.id
    assert submit.attributes["krea.price"] == client.price(MODEL, FIELDS).amount
    assert wait.attributes is not None
    assert wait.attributes["krea.job.status"] == "completed"
    assert save.attributes is not None
    assert save.attributes["krea.job.id"] == job.id
    assert not any(SECRET_PROMPT in str(span.attributes) + str(span.events) for span in finished.values())


def test_a_run_that_saves_is_a_span_with_the_save_as_its_part(
    client: ClientAdapter, spans: InMemorySpanExporter, tmp_path: Path
) -> None:
    client.run(MODEL, FIELDS, save_to=tmp_path)
    finished = by_name(spans)
    run = finished["krea.run"].context
    parts = [finished[f"krea.{name}"].parent for name in ("submit", "wait", "save")]
    assert [part and part.span_id for part in parts] == [run and run.span_id] * 3


def test_each_exchange_is_sent_inside_its_span(
    client: ClientAdapter, between: Between, spans: InMemorySpanExporter
) -> None:
    current: list[int] = []

    def note(_: httpx.Request, forward: Forward) -> httpx.Response:
        current.append(trace.get_current_span().get_span_context().span_id)
        return forward()

    between.always("GET", note)
    between.always("POST", note)
    client.run(MODEL, FIELDS)
    finished = by_name(spans)
    ids = [finished[name].context.span_id for name in ("krea.submit", "krea.wait")]
    assert current[0] == ids[0]
    assert set(current[1:]) == {ids[1]}
    assert not trace.get_current_span().get_span_context().is_valid


def test_spans_of_a_batch_keep_apart(client: ClientAdapter, spans: InMemorySpanExporter) -> None:
    results = list(client.run_all([(MODEL, FIELDS)] * 5, at_once=3))
    finished = spans.get_finished_spans()
    runs = {span.context.span_id for span in finished if span.name == "krea.run" and span.context}
    submits = [span for span in finished if span.name == "krea.submit"]
    assert {span.parent.span_id for span in submits if span.parent} == runs
    assert len(runs) == 5
    assert {span.attributes["krea.job.id"] for span in submits if span.attributes} == {result.id for result in results}


def test_a_span_tells_an_error_by_its_class(
    client: ClientAdapter, between: Between, spans: InMemorySpanExporter
) -> None:
    between.on("POST", answered(400, f'{{"error": "{SECRET_PROMPT}"}}'.encode()))
    with pytest.raises(Rejected):
        client.run(MODEL, FIELDS)
    run = by_name(spans)["krea.run"]
    assert run.attributes is not None
    assert run.attributes["error.type"] == "Rejected"
    assert run.status.status_code is trace.StatusCode.ERROR
    assert SECRET_PROMPT not in str(run.events)


def test_retries_are_an_attribute(client: ClientAdapter, between: Between, spans: InMemorySpanExporter) -> None:
    between.on("POST", answered(429))
    client.submit(MODEL, FIELDS)
    submit = by_name(spans)["krea.submit"]
    assert submit.attributes is not None
    assert submit.attributes["krea.retries"] == 1


def test_a_failed_job_is_logged(client: ClientAdapter, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "krea_client")
    with pytest.raises(JobFailed) as excinfo:
        client.run(MODEL, {**FIELDS, "prompt": "[sandbox:fail]"})
    assert f"job {excinfo.value.job_id} failed" in caplog.text


def test_a_log_handler_that_fails_costs_no_job(make: Make, tmp_path: Path) -> None:
    class BrokenHandler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise OSError(28, "No space left on device")

    logger, handler = logging.getLogger("krea_client"), BrokenHandler()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        client = make()
        job = client.run(MODEL, FIELDS)
        assert client.save(job, tmp_path)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
