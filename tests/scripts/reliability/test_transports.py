"""A sample of the faults over every transport that the documentation names, and what the table says of them."""

import re
from pathlib import Path

import pytest

from reliability.judge.cancellation import cancelled_calls
from reliability.judge.clocks import found
from reliability.judge.leaving import leave_async
from reliability.judge.raw_cases import NOT_MET, SocketCase, socket_cases
from reliability.judge.raw_faults import kinds
from reliability.judge.transports import DEFAULT, TRANSPORTS, NamedTransport
from reliability.transport_table import TransportRow, column_of, measured_over, problems_of, with_rows

ROOT = Path(__file__).resolve().parents[3]
OTHERS = [transport for transport in TRANSPORTS.values() if transport is not DEFAULT]
KINDS = {kind.name: kind for kind in kinds()}


def sample() -> list[SocketCase]:
    """Return a case for each kind of fault, over one transport after the other."""
    tables = [socket_cases(transport, sample=True) for transport in OTHERS]
    return [tables[number % len(tables)][number] for number in range(len(KINDS))]


SAMPLE = sample()
# Each of these once lost a job, hung, or ended another task.
FORMER_FINDINGS = [
    SocketCase("submit", "async", KINDS["an upgrade"], TRANSPORTS["aiohttp"]),
    SocketCase("upload", "async", KINDS["interim responses for ever"], TRANSPORTS["http2"]),
    SocketCase("run_all", "async", KINDS["a status that is no number"], TRANSPORTS["http2"]),
]


def test_the_sample_has_every_kind_and_every_transport() -> None:
    assert {case.fault.name for case in SAMPLE} == KINDS.keys()
    assert {case.transport.name for case in SAMPLE} == TRANSPORTS.keys() - {DEFAULT.name}
    for transport in OTHERS:
        assert len(socket_cases(transport)) == 6 * len(transport.modes) * len(KINDS)


@pytest.mark.parametrize("case", [*SAMPLE, *FORMER_FINDINGS], ids=lambda case: case.name)
def test_nothing_is_billed_twice_lost_or_mixed_up(case: SocketCase) -> None:
    assert problems_of(case) == []


def test_every_transport_of_the_documentation_is_among_them() -> None:
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md"))
    classes = set(re.findall(r"\b\w*(?:HTTP|Aiohttp)Transport\b", pages)) - {"RoutedTransport"}
    named = " ".join(f"{transport.name} {transport.title}" for transport in TRANSPORTS.values())
    assert classes <= {"HTTPTransport", "AsyncHTTPTransport", "AiohttpTransport"}
    for word in ("httpx2", "aiohttp", "http2", "proxy", "socks", "verify"):
        assert word in named


@pytest.mark.parametrize(
    ("problem", "column"),
    [
        ("2 jobs billed for 1", "doubled"),
        ("1 jobs billed and not known", "lost"),
        ("it took 3.4 s", "hung"),
        ("raw httpx.ReadError: x", "wrong"),
        (NOT_MET, "wrong"),
    ],
)
def test_a_problem_counts_in_its_column(problem: str, column: str) -> None:
    assert column_of(problem) == column


def test_a_row_replaces_the_one_of_its_transport() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    row = TransportRow(TRANSPORTS["aiohttp"], 1230, 1230, {"lost": 2}, ["a", "b"])
    once = with_rows(page, [row.as_markdown("abc")])
    again = with_rows(once, [row.as_markdown("def")])
    assert "| aiohttp | `AiohttpTransport` (async) | 1,230 | 0 | 2 | 0 | 0 |" in again
    assert (once.count("| aiohttp |"), again.count("| aiohttp |")) == (1, 1)
    assert ", abc |" not in again
    assert not row.is_met
    assert "| 7 of 1,230, by lot |" in row._replace(cases=7).as_markdown("abc")


def test_cases_are_drawn_by_lot_and_always_the_same_ones() -> None:
    row = measured_over(TRANSPORTS["httpx2"], 3)
    assert (row.cases, row.of, row.findings) == (3, 2460, [])


@pytest.mark.parametrize("transport", OTHERS, ids=lambda transport: transport.name)
def test_the_job_of_a_lost_response_is_a_candidate_though_the_clocks_differ(transport: NamedTransport) -> None:
    assert found("async", -3600, transport)


# httpcore leaves the socket of an HTTP/2 connection to the garbage collector when its first request is cancelled.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", ["http2", "httpx2", "aiohttp", "aiohttp-proxy"])
def test_cancellation_at_every_await_loses_no_job(name: str) -> None:
    calls = cancelled_calls("submit", TRANSPORTS[name])
    assert len(calls) > 2
    assert [call for call in calls if call.lost_count or call.problem] == []


@pytest.mark.parametrize("name", ["http2", "httpx2", "aiohttp", "socks"])
def test_every_job_of_a_call_that_was_left_is_told_or_offered(name: str) -> None:
    left = leave_async("async exception in the body", TRANSPORTS[name])
    assert left.billed > 0
    assert left.lost == 0, left
