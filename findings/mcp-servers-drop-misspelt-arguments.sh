#!/usr/bin/env bash
# mcp 2.3.0 (PyPI) and @modelcontextprotocol/sdk 1.32.2 (npm): an argument that a tool does not have is dropped, and the tool runs.
#
# Guess before the first run: "aspectRatio" for a tool with aspect_ratio is an error that names the argument, so that the model corrects it.
# Seen: both servers call the tool with the default of aspect_ratio; the client gets a success. fastmcp 4.2.3 lists additionalProperties:
# false for the same function and refuses the call; a program that moves between the two Python packages changes what is accepted.
# Consequence: a language model that misspells an option gets, and pays for, a square picture and is told that all went well.
#
# Output seen on 2026-12-01 (Python 3.11, Node.js 20), for {"prompt": "a fox", "aspectRatio": "16:9"}:
#   npm SDK: a picture of 1:1
#   mcp: a picture of 1:1
#   fastmcp: refused
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @modelcontextprotocol/sdk@1.32.2 zod@4.6.7
cat >program.mjs <<'JAVASCRIPT'
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "pictures", version: "1" });
const inputSchema = { prompt: z.string(), aspect_ratio: z.string().default("1:1") };
server.registerTool("generate", { inputSchema }, async ({ aspect_ratio }) => ({ content: [{ type: "text", text: `a picture of ${aspect_ratio}` }] }));
const client = new Client({ name: "model", version: "1" });
const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
await Promise.all([server.connect(serverSide), client.connect(clientSide)]);
const result = await client.callTool({ name: "generate", arguments: { prompt: "a fox", aspectRatio: "16:9" } });
const outcome = result.isError ? "refused" : result.content[0].text;
console.log(`npm SDK: ${outcome}`);
process.exit(outcome === "a picture of 1:1" ? 0 : 1);
JAVASCRIPT
node program.mjs
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check mcp==2.3.0 fastmcp==4.2.3
"$work/venv/bin/python" -W ignore - 2>"$work/log" <<'PYTHON'
import asyncio
import sys

import fastmcp
from fastmcp.exceptions import ToolError
from mcp import Client
from mcp.server import MCPServer

ARGUMENTS = {"prompt": "a fox", "aspectRatio": "16:9"}


def generate(prompt: str, aspect_ratio: str = "1:1") -> str:
    return f"a picture of {aspect_ratio}"


async def by_mcp():
    server = MCPServer("pictures")
    server.tool()(generate)
    async with Client(server) as client:
        result = await client.call_tool("generate", ARGUMENTS)
        return "refused" if result.is_error else result.content[0].text


async def by_fastmcp():
    server = fastmcp.FastMCP("pictures")
    server.tool(generate)
    async with fastmcp.Client(server) as client:
        try:
            return (await client.call_tool("generate", ARGUMENTS)).data
        except ToolError:
            return "refused"


seen = [asyncio.run(by_mcp()), asyncio.run(by_fastmcp())]
print(f"mcp: {seen[0]}\nfastmcp: {seen[1]}")
sys.exit(seen != ["a picture of 1:1", "refused"])
PYTHON
