"""An MCP server that refuses arguments that a tool does not have; the SDK's own drops them without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, InputRequiredResult, Tool
from pydantic import ValidationError

from krea_client._spec.suggestions import nearest

LifespanT = TypeVar("LifespanT")


class StrictServer(MCPServer[LifespanT]):
    """Tells the language model about every argument that a tool does not take, and about every missing one."""

    async def list_tools(self) -> list[Tool]:
        """Return the tools; their schemas admit no other arguments."""
        return [
            tool.model_copy(update={"input_schema": {**tool.input_schema, "additionalProperties": False}})
            for tool in await super().list_tools()
        ]

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[LifespanT, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool.

        Raises:
            ToolError: there is no such tool, it does not take these arguments, or it failed.
        """
        schemas = {tool.name: tool.input_schema for tool in await super().list_tools()}
        if name not in schemas:
            raise ToolError(f"there is no tool {name!r}; the tools are {', '.join(schemas)}")
        problems = [*_misplaced(arguments, schemas[name]), *_missing(arguments, schemas[name])]
        if problems:
            raise ToolError(f"{name}: {'; '.join(problems)}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(f"{name}: {_in_words(error.__cause__)}") from error.__cause__
            raise


def _misplaced(arguments: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    known = list(schema["properties"])
    for name in arguments:
        if name in known:
            continue
        matches = nearest(name, known, 1)
        if matches:
            yield f"{name!r} is not an argument: did you mean {matches[0]!r}?"
        elif "request" in known:
            yield f"{name!r} is not an argument: put the fields of the model into 'request'"
        else:
            yield f"{name!r} is not an argument: the arguments are {', '.join(known)}"


def _missing(arguments: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in arguments:
            yield f"{name!r} is missing"


def _in_words(error: ValidationError) -> str:
    """Return what is wrong with the arguments, without the links and class names of the library that checked them."""
    return "; ".join(f"{'.'.join(map(str, part['loc']))!r}: {part['msg']}" for part in error.errors())
