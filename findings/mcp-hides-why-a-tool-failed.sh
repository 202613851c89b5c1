#!/usr/bin/env bash
# mcp 2.3.0 (the SDK of the Model Context Protocol): the text of an exception in a tool does not reach the client.
#
# Guess before the first run: an exception becomes a result with isError whose text holds the exception's message.
# Seen: the text is "Error executing tool generate" for every exception but ToolError, whose message is passed on.
# Consequence: a language model that is not told "job 123 was charged and goes on" calls the tool again and pays twice. Tools must raise
# ToolError where the reason matters.
#
# Output seen on 2026-11-30 (Python 3.11):
#   ValueError: isError True, 'Error executing tool generate'
#   TimeoutError: isError True, 'Error executing tool generate'
#   ToolError: isError True, 'Error executing tool generate: job 123 was charged and goes on'
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check mcp==2.3.0
"$work/venv/bin/python" - <<'PYTHON'
import asyncio
import logging
import sys

from mcp import Client
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

logging.disable()
MESSAGE = "job 123 was charged and goes on"
KINDS = {kind.__name__: kind for kind in (ValueError, TimeoutError, ToolError)}
server = MCPServer("pictures")


@server.tool()
def generate(kind: str) -> str:
    raise KINDS[kind](MESSAGE)


async def main():
    texts = []
    async with Client(server) as client:
        for kind in KINDS:
            result = await client.call_tool("generate", {"kind": kind})
            texts.append(result.content[0].text)
            print(f"{kind}: isError {result.is_error}, {texts[-1]!r}")
    return texts


hidden = "Error executing tool generate"
sys.exit(asyncio.run(main()) != [hidden, hidden, f"{hidden}: {MESSAGE}"])
PYTHON
