"""A server of the Model Context Protocol (MCP), with which a language model searches models, generates and fetches results.

It needs the extra `mcp`. `krea-client mcp` runs it over standard input and output.
"""

from __future__ import annotations

import warnings
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import wraps
from inspect import getdoc
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from krea_client.async_client import AsyncKrea
from krea_client.errors import KreaError, ModelUnknown, SaveFailed, Undocumented, WaitTimeout
from krea_client.jobs import Job
from krea_client.models import Model

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from mcp.server import MCPServer
    from mcp.server.mcpserver.utilities.types import Image

P = ParamSpec("P")
R = TypeVar("R")
LONGEST_WAIT = 55.0  # seconds; many clients give a tool call up after a minute
LARGEST_PICTURE = 3 << 20  # bytes of a picture that is returned to the model itself
PICTURE_FORMATS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp"}
_REMEDIES = {  # of the errors of the library, and what the tools have instead
    "or a local file (in Python a Path)": "the address of a result, or what upload_file returned for a file",
    str(Undocumented("", "", "")).strip(): "",
    "run `krea-client models list`": "call search_models",
    f"a newer one goes by its full path, such as image/vendor/name, with {ModelUnknown.UNCHECKED}": "search_models has all of them",
}
INSTRUCTIONS = (
    "Generates pictures, video, audio and 3D through the Krea API. Generations cost money: look a model up with search_models and "
    "describe_model first, and tell the user the price. A job whose wait ended early goes on: call wait with its id, do not generate again."
)


class GenerationTools:
    """The tools; each returns plain JSON values and raises KreaError.

    Args:
        krea: sends the requests; its budget limits what a language model can spend.
        folder: where results are saved.
    """

    def __init__(self, krea: AsyncKrea, folder: Path) -> None:
        self._krea = krea
        self._folder = folder

    async def search_models(self, text: str = "", kind: str | None = None) -> list[dict[str, Any]]:
        """List models whose id, vendor or summary has all these words, or that make one `kind` of thing."""
        kinds = self.kinds()
        if kind not in (None, *kinds):
            raise ValueError(f"kind={kind!r}: give one of {', '.join(kinds)}")
        if not text.strip() and kind is None:
            raise ValueError("give text, such as 'kling sound', or kind: there are too many models to list them all")
        matches = self._krea.models.search(text)
        return [_overview(model) for model in matches if kind in (None, model.kind)]

    def kinds(self) -> list[str]:
        """Return what the models make, such as "image"."""
        return sorted({model.kind for model in self._krea.models})

    async def describe_model(self, model: str) -> dict[str, Any]:
        """Return all about one model: the JSON Schema of its request, prices, an example and the usual time."""
        description = self._krea.models.get(model)
        return {
            **_overview(description),
            "request_schema": description.tool("mcp")["inputSchema"],
            "example": description.example,
            "prices": [price._asdict() for price in description.prices],
        }

    async def price(self, model: str, request: dict[str, Any]) -> dict[str, Any]:
        """Return what a request would cost, without sending it; `request` has the fields that describe_model returns a schema of."""
        price = self._krea.price(model, request)
        return {"text": str(price), "amount": price.amount, "at_most": price.at_most, "currency": price.currency}

    async def generate(self, model: str, request: dict[str, Any], wait_seconds: float = LONGEST_WAIT) -> dict[str, Any]:
        """Start a generation, which costs money, and wait for it; returns the job, also where it is not finished yet.

        `request` has the fields that describe_model returns a schema and an example of.
        """
        with warnings.catch_warnings(record=True) as records:
            warnings.simplefilter("always")
            submission = self._krea.submit(model, request)  # translates and warns at the call
        job = await submission
        notes = [str(warning.message) for warning in records]
        return await self._after(job, wait_seconds) | {"notes": notes, "spent": self._krea.spent}

    async def wait(self, job_id: str, wait_seconds: float = LONGEST_WAIT) -> dict[str, Any]:
        """Wait for a job and return its state; call it again while the job is not finished."""
        return await self._after(await self._krea.jobs.get(job_id), wait_seconds)

    async def list_jobs(self, limit: int = 20) -> list[dict[str, Any]]:
        """List the account's newest jobs."""
        jobs: list[dict[str, Any]] = []
        async for job in self._krea.jobs.list(limit=limit):
            jobs.append(job.to_dict())
            if len(jobs) >= limit:
                break
        return jobs

    async def save_results(self, job_id: str) -> list[str]:
        """Save the results of a finished job as files and return their paths."""
        return [str(path) for path in await self._saved(job_id)]

    async def saved_files(self, job_id: str) -> list[Path]:
        """Save the results of a finished job and return their paths."""
        return await self._saved(job_id)

    async def upload_file(self, path: str) -> str:
        """Upload a file of the results folder and return its address, which a request takes where it needs media."""
        folder = self._folder.resolve()
        file = (folder / path).resolve()
        if not (file.is_relative_to(folder) and file.is_file()):
            raise ValueError(
                f"{path!r} is no file in {folder}; only files there can be uploaded: ask the user to put it there"
            )
        return (await self._krea.assets.upload(file)).url

    async def _after(self, job: Job, seconds: float) -> dict[str, Any]:
        try:
            end = await self._krea.wait(job, deadline=max(0.0, min(seconds, LONGEST_WAIT)))
        except WaitTimeout as late:
            return late.job.to_dict() | {"finished": False, "next": f"call wait with job_id {job.id}"}
        return end.to_dict() | {"finished": True}

    async def _saved(self, job_id: str) -> list[Path]:
        job = await self._krea.jobs.get(job_id)
        if not job.finished:
            raise WaitTimeout(
                f"job {job.id} is still {job.status or 'running'}: call wait with job_id {job.id} first", job
            )
        await self._krea.wait(job)  # raises where it has no results
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            return await self._krea.save(job, self._folder)
        except SaveFailed:  # saved before: a language model often asks twice
            files = sorted(self._folder.glob(f"{job.id}*"))
            if len(files) < len(job.urls):
                raise
            return files


def _overview(model: Model) -> dict[str, Any]:
    return {
        "id": model.id,
        "kind": model.kind,
        "summary": model.summary,
        "typical_seconds": model.typical_seconds,
        "price": model.price_range or "not published",
        **({"deprecated": True} if model.deprecated else {}),
    }


def _telling(method: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Turn errors into the one kind whose text the language model reads: with what to do about them."""

    @wraps(method)
    async def call(*args: P.args, **kwargs: P.kwargs) -> R:
        from mcp.server.mcpserver.exceptions import ToolError

        try:
            return await method(*args, **kwargs)
        except (KreaError, ValueError, TypeError, OSError) as error:
            raise ToolError(f"{type(error).__name__}: {_for_tools(error)}") from None

    return call


def _for_tools(error: Exception) -> str:
    """Return an error's text with what a language model can do, in the place of what a program can."""
    text = str(error)
    for remedy, own in _REMEDIES.items():
        text = text.replace(remedy, own)
    return text


def _telling_all(*methods: Callable[..., Awaitable[Any]]) -> list[Callable[..., Awaitable[Any]]]:
    return [_telling(method) for method in methods]


def server(make_client: Callable[[], AsyncKrea], folder: Path) -> MCPServer[GenerationTools]:
    """Return the server of one session; its client is closed at the session's end.

    Args:
        make_client: returns the client, with a budget; it is called at once.
        folder: where results are saved.
    """
    from mcp.server.mcpserver.utilities.types import Image
    from mcp_types import ToolAnnotations

    from krea_client._strict_tools import StrictServer

    krea = make_client()

    @asynccontextmanager
    async def lifespan(_: MCPServer[GenerationTools]) -> AsyncGenerator[GenerationTools]:
        async with krea:
            yield tools

    tools = GenerationTools(krea, folder)
    # At INFO, the log of an agent would have a line for each poll; KREA_CLIENT_LOG shows what this client does.
    service = StrictServer("krea", instructions=INSTRUCTIONS, lifespan=lifespan, log_level="WARNING")
    harmless = ToolAnnotations(read_only_hint=True)
    about = f"{getdoc(tools.search_models)} The kinds are {', '.join(tools.kinds())}."
    service.tool(description=about, annotations=harmless)(_telling(tools.search_models))
    for method in _telling_all(tools.describe_model, tools.price, tools.wait, tools.list_jobs):
        service.tool(description=getdoc(method), annotations=harmless)(method)
    adding = ToolAnnotations(read_only_hint=False, destructive_hint=False)
    for method in _telling_all(tools.generate, tools.save_results, tools.upload_file):
        service.tool(description=getdoc(method), annotations=adding)(method)

    async def show_results(job_id: str) -> list[Any]:  # the SDK evaluates annotations at run time
        return [_shown(path, Image) for path in await tools.saved_files(job_id)]

    about = "Show the results of a finished job: small pictures themselves, and where every file was saved."
    service.tool(description=about, annotations=adding, structured_output=False)(_telling(show_results))
    return service


def _shown(path: Path, image: type[Image]) -> Image | str:
    form = PICTURE_FORMATS.get(path.suffix.lower())
    if form is None or path.stat().st_size > LARGEST_PICTURE:
        return f"saved as {path}"
    return image(path=path, format=form)
