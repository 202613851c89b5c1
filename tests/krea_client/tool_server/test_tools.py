"""The MCP server, spoken to by the client of the official SDK: against a sandbox, in this process and as a process of its own."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import CallToolResult, ImageContent, TextContent

from krea_client import AsyncKrea
from krea_client.models import Models
from krea_client.sandbox import Sandbox
from krea_client.tool_server import server

MODEL = "z-image/z-image"
REQUEST = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(date="2026-11-20", time_scale=0)


@asynccontextmanager
async def session(box: Sandbox, folder: Path, budget: float = 1.0) -> AsyncIterator[Client]:
    def make_client() -> AsyncKrea:
        return AsyncKrea("token", transport=box.transport(), clock=box.clock, budget=budget)

    async with Client(server(make_client, folder)) as client:
        yield client


def content(result: CallToolResult) -> Any:
    structured = result.structured_content
    assert not result.is_error, result.content
    return structured["result"] if structured is not None and set(structured) == {"result"} else structured


async def call(client: Client, tool: str, **arguments: object) -> Any:
    return content(await client.call_tool(tool, arguments))


async def error_of(client: Client, tool: str, **arguments: object) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


def in_session(box: Sandbox, folder: Path, program: Callable[[Client], Awaitable[None]], budget: float = 1.0) -> None:
    async def main() -> None:
        async with session(box, folder, budget) as client:
            await program(client)

    asyncio.run(main())


def test_an_agent_finds_prices_generates_and_fetches(box: Sandbox, tmp_path: Path) -> None:
    saved: list[Path] = []

    async def agent(client: Client) -> None:
        models = await call(client, "search_models", text="z-image", kind="image")
        assert MODEL in [model["id"] for model in models]
        about = await call(client, "describe_model", model=MODEL)
        assert jsonschema_rs.is_valid(about["request_schema"], about["example"])
        price = await call(client, "price", model=MODEL, request=REQUEST)
        assert price["amount"] == Models().get(MODEL).price(**REQUEST).amount
        job = await call(client, "generate", model=MODEL, request=REQUEST)
        assert job["finished"]
        assert job["status"] == "completed"
        assert job["spent"] == price["amount"]
        (path,) = await call(client, "save_results", job_id=job["id"])
        saved.append(Path(path))
        assert await call(client, "save_results", job_id=job["id"]) == [path]
        assert [row["id"] for row in await call(client, "list_jobs")] == [job["id"]]
        shown_parts = await client.call_tool("show_results", {"job_id": job["id"]})
        assert [type(part) for part in shown_parts.content] == [ImageContent]

    in_session(box, tmp_path / "results", agent)
    assert saved[0].read_bytes().startswith(b"\x89PNG")
    assert len(box.ledger) == 1


def test_a_wait_that_ends_early_says_how_to_go_on(box: Sandbox, tmp_path: Path) -> None:
    slow = {**REQUEST, "prompt": "[sandbox:seconds=600]"}

    async def agent(client: Client) -> None:
        job = await call(client, "generate", model=MODEL, request=slow, wait_seconds=1)
        assert not job["finished"]
        assert job["next"] == f"call wait with job_id {job['id']}"
        assert f"call wait with job_id {job['id']} first" in await error_of(client, "save_results", job_id=job["id"])
        box.advance(600)
        assert (await call(client, "wait", job_id=job["id"]))["finished"]

    in_session(box, tmp_path, agent)
    assert len(box.ledger) == 1


def test_the_budget_ends_what_an_agent_can_spend(box: Sandbox, tmp_path: Path) -> None:
    async def agent(client: Client) -> None:
        text = await error_of(client, "generate", model=MODEL, request=REQUEST)
        assert "OverBudget: " in text

    in_session(box, tmp_path, agent, budget=0.0001)
    assert not box.ledger


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("describe_model", {"model": "z-imag/z-image"}, ["ModelUnknown", MODEL]),
        (
            "generate",
            {"model": MODEL, "request": {**REQUEST, "aspect_ratio": "7:7"}},
            ["RequestInvalid", "aspect_ratio"],
        ),
        ("wait", {"job_id": "00000000-0000-4000-8000-000000000000"}, ["NotFound"]),
        ("save_results", {"job_id": "00000000-0000-4000-8000-000000000000"}, ["NotFound"]),
    ],
)
def test_errors_tell_the_model_what_to_do(
    box: Sandbox, tmp_path: Path, tool: str, arguments: Mapping[str, object], words: list[str]
) -> None:
    async def agent(client: Client) -> None:
        text = await error_of(client, tool, **arguments)
        assert all(word in text for word in words)

    in_session(box, tmp_path, agent)
    assert not box.ledger


def test_deprecated_names_are_translated_and_told(box: Sandbox, tmp_path: Path) -> None:
    old = {"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}

    async def agent(client: Client) -> None:
        job = await call(client, "generate", model=MODEL, request=old)
        assert any("aspectRatio" in note and "aspect_ratio" in note for note in job["notes"])

    in_session(box, tmp_path, agent)


def test_the_command_serves_a_client_over_its_standard_streams(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "krea_client.cli", "mcp", "--sandbox", "--budget", "1", "-o", str(tmp_path)]

    async def main() -> None:
        async with Client(stdio_client(StdioServerParameters(command=command[0], args=command[1:]))) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            assert {"search_models", "generate", "wait", "save_results", "show_results"} <= names
            job = await call(client, "generate", model=MODEL, request=REQUEST)
            (path,) = await call(client, "save_results", job_id=job["id"])
            assert Path(path).parent == tmp_path

    asyncio.run(main())


def test_a_search_for_nothing_does_not_list_every_model(box: Sandbox, tmp_path: Path) -> None:
    async def program(client: Client) -> None:
        assert "give text" in await error_of(client, "search_models")
        kinds = sorted({model.kind for model in Models()})
        for kind in kinds:
            assert {model["kind"] for model in await call(client, "search_models", kind=kind)} == {kind}
        assert ", ".join(kinds) in await error_of(client, "search_models", kind="picture")
        (search,) = [tool for tool in (await client.list_tools()).tools if tool.name == "search_models"]
        assert ", ".join(kinds) in (search.description or "")

    in_session(box, tmp_path, program)


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("search_models", {"query": "kling"}, ["'query'", "text, kind"]),
        ("generate", {"model": MODEL, "request": REQUEST, "wait": 3}, ["'wait'", "'wait_seconds'"]),
        ("generate", {"model": MODEL, **REQUEST}, ["'prompt'", "into 'request'", "'request' is missing"]),
        ("generate", {"model": MODEL, "request": "a fox"}, ["'request'", "dictionary"]),
        ("draw", {"prompt": "a fox"}, ["'draw'", "search_models", "generate"]),
        ("wait", {}, ["'job_id' is missing"]),
    ],
)
def test_an_argument_that_a_tool_does_not_take_is_refused_with_what_to_give(
    box: Sandbox, tmp_path: Path, tool: str, arguments: Mapping[str, object], words: list[str]
) -> None:
    async def agent(client: Client) -> None:
        text = await error_of(client, tool, **arguments)
        assert all(word in text for word in words), text
        assert "pydantic" not in text

    in_session(box, tmp_path, agent)
    assert not box.ledger


def test_the_schema_of_each_tool_admits_no_other_arguments(box: Sandbox, tmp_path: Path) -> None:
    async def program(client: Client) -> None:
        for tool in (await client.list_tools()).tools:
            assert tool.input_schema["additionalProperties"] is False
            assert not jsonschema_rs.is_valid(tool.input_schema, {"an argument that no tool has": 1})

    in_session(box, tmp_path, program)


def test_a_client_is_told_which_tools_change_nothing_and_what_arguments_mean(box: Sandbox, tmp_path: Path) -> None:
    async def program(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        read_only = {name for name, tool in tools.items() if tool.annotations and tool.annotations.read_only_hint}
        assert read_only == {"search_models", "describe_model", "price", "wait", "list_jobs"}  # the rest adds something
        assert all(tool.annotations and tool.annotations.destructive_hint is not True for tool in tools.values())
        for name in ("price", "generate"):
            assert "describe_model" in (tools[name].description or "")

    in_session(box, tmp_path, program)


PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


def test_a_file_of_the_folder_can_be_uploaded_for_a_request(box: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "fox.png").write_bytes(PNG)

    async def agent(client: Client) -> None:
        for path in ("fox.png", str(tmp_path / "fox.png")):
            address = await call(client, "upload_file", path=path)
            job = await call(client, "generate", model=MODEL, request={**REQUEST, "image_url": address})
            assert job["finished"]

    in_session(box, tmp_path, agent)
    assert len(box.ledger) == 2


@pytest.mark.parametrize("path", ["../secret.png", "link.png", "nosuch.png", "."])
def test_no_other_file_can_be_uploaded(box: Sandbox, tmp_path: Path, path: str) -> None:
    """A language model that was talked into it must not send the user's files to the API."""
    folder = tmp_path / "results"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")

    async def agent(client: Client) -> None:
        assert str(folder) in await error_of(client, "upload_file", path=path)
        assert str(folder) in await error_of(client, "upload_file", path=str(tmp_path / "secret.png"))

    in_session(box, folder, agent)
    assert not box.requests


def test_errors_name_no_remedy_that_a_tool_does_not_have(box: Sandbox, tmp_path: Path) -> None:
    async def agent(client: Client) -> None:
        request = {**REQUEST, "zzz": 1, "image_url": "results/fox.png"}
        text = await error_of(client, "generate", model=MODEL, request=request)
        assert "zzz is not a field of this model" in text
        assert "upload_file" in text
        assert "extra_body" not in text
        assert "undocumented" not in text
        assert "a Path" not in text
        unknown = await error_of(client, "generate", model="vendor/newer", request=request)
        assert "search_models" in unknown
        assert "check=False" not in unknown

    in_session(box, tmp_path, agent)


def test_a_folder_that_cannot_be_made_is_told(box: Sandbox, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.write_text("a file")

    async def agent(client: Client) -> None:
        job = await call(client, "generate", model=MODEL, request=REQUEST)
        text = await error_of(client, "save_results", job_id=job["id"])
        assert "FileExistsError" in text
        assert str(folder) in text

    in_session(box, folder, agent)


def test_a_price_is_told_with_its_unit(box: Sandbox, tmp_path: Path) -> None:
    async def agent(client: Client) -> None:
        about = await call(client, "describe_model", model="kling/kling-3.0")
        assert about["price"] == Models()["kling/kling-3.0"].price_range
        assert "USD per second" in about["price"]

    in_session(box, tmp_path, agent)


def test_an_unknown_job_is_told_at_once(box: Sandbox, tmp_path: Path) -> None:
    async def agent(client: Client) -> None:
        await error_of(client, "wait", job_id="00000000-0000-4000-8000-000000000000")

    in_session(box, tmp_path, agent)
    assert len(box.requests) == 1
