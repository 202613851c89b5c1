#!/usr/bin/env bash
# @huggingface/inference 4.13.30 (npm): while a server says 503, the same request is sent again and again, with no pause and no limit seen.
#
# Guess before the first run: a model that is still loading (503) is asked for again after some seconds, as Retry-After says, a few times.
# Seen: 200 answers of 503 with "Retry-After: 30" are followed by 201 requests within seconds. retry_on_error: false gives one request.
# Consequence: a server that is overloaded gets a burst from every user of it, each with the whole image that the request carries, and a
# program's count of requests, which some services bill or limit by, runs up in moments.
#
# Output seen on 2026-12-01 (Node.js 20):
#   as it is: 201 requests, within 20 s: yes; then a picture
#   retry_on_error false: 1 request; then an error
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @huggingface/inference@4.13.30
cat >program.mjs <<'JAVASCRIPT'
import http from "http";
import { InferenceClient } from "@huggingface/inference";

const BUSY = 200;

async function requestsWith(options) {
  let count = 0;
  const server = http.createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      count += 1;
      if (count <= BUSY) response.writeHead(503, { "retry-after": "30", "content-type": "application/json" }).end('{"error":"loading"}');
      else response.writeHead(200, { "content-type": "image/png" }).end("picture");
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = new InferenceClient("token").endpoint(`http://127.0.0.1:${server.address().port}`);
  const start = Date.now();
  const picture = await endpoint.textToImage({ inputs: "a fox" }, options).catch((error) => error);
  server.close();
  server.closeAllConnections();
  return [count, Date.now() - start < 20000, picture instanceof Error ? "an error" : "a picture"];
}

const plain = await requestsWith({});
const once = await requestsWith({ retry_on_error: false });
console.log(`as it is: ${plain[0]} requests, within 20 s: ${plain[1] ? "yes" : "no"}; then ${plain[2]}`);
console.log(`retry_on_error false: ${once[0]} request; then ${once[2]}`);
process.exit(JSON.stringify([plain, once]) === JSON.stringify([[201, true, "a picture"], [1, true, "an error"]]) ? 0 : 1);
JAVASCRIPT
node program.mjs
