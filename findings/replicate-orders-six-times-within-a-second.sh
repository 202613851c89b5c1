#!/usr/bin/env bash
# replicate 1.4.0 (npm, the client of Replicate for JavaScript): a POST whose answer is lost is sent six times, with no pause.
#
# Guess before the first run: a prediction is ordered again after 429 only, no sooner than Retry-After says; a connection that closes after the
# server has read the order is an error.
# Seen: after such a loss the same order is sent 5 more times within a second, with nothing in its headers by which a server could tell that it
# is the same. After 429 with "Retry-After: 3" it is sent 5 more times within a second, too. 503 is not tried again.
# Consequence: a connection that breaks at the wrong moment orders, and pays for, one picture six times; a rate limit is answered by a burst.
#
# Output seen on 2026-12-01 (Node.js 20):
#   503: 1 order, within a second; different headers none
#   answer lost: 6 orders, within a second; different headers none
#   429, Retry-After 3 s: 6 orders, within a second; different headers none
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" replicate@1.4.0
cat >program.cjs <<'JAVASCRIPT'
const http = require("http");
const Replicate = require("replicate");

const ANSWERS = {
  503: (response) => response.writeHead(503).end("{}"),
  "answer lost": (response) => response.socket.destroy(),
  "429, Retry-After 3 s": (response) => response.writeHead(429, { "retry-after": "3" }).end("{}"),
};
const EXPECTED = { 503: 1, "answer lost": 6, "429, Retry-After 3 s": 6 };

async function ordersUnder(answer) {
  const orders = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      orders.push({ body, time: Date.now(), headers: JSON.stringify(request.headers) });
      answer(response);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = new Replicate({ auth: "token", baseUrl: `http://127.0.0.1:${server.address().port}` });
  const order = { model: "owner/model", input: { prompt: "a fox" } };
  await client.predictions.create(order).then(() => process.exit(1), () => undefined);
  server.close();
  return orders;
}

async function main() {
  let isAsSeen = true;
  for (const [name, answer] of Object.entries(ANSWERS)) {
    const orders = await ordersUnder(answer);
    const isQuick = orders.at(-1).time - orders[0].time < 1000;
    const isSame = new Set(orders.map(({ body, headers }) => body + headers)).size === 1;
    const count = `${orders.length} order${orders.length > 1 ? "s" : ""}`;
    console.log(`${name}: ${count}, ${isQuick ? "within a second" : "with pauses"}; different headers ${isSame ? "none" : "some"}`);
    isAsSeen &&= orders.length === EXPECTED[name] && isQuick && isSame;
  }
  process.exit(isAsSeen ? 0 : 1);
}

main();
JAVASCRIPT
node program.cjs
