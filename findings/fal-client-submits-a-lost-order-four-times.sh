#!/usr/bin/env bash
# @fal-ai/client 1.10.1 (npm, the client of fal): an order to the queue whose answer is lost is submitted four times.
#
# Guess before the first run: queue.submit() sends one POST; requests for a status or a result may be tried again.
# Seen: after a connection that closes when the server has read the order, and after 503, the same order is sent 3 more times over some seconds.
# Its headers hold no key by which a server could tell that it is the same. retry: { maxRetries: 0 } in the configuration has no effect on it.
# Consequence: a proxy that breaks at the wrong moment orders, and pays for, one video four times, and the program sees one error or one id.
#
# Output seen on 2026-12-01 (Node.js 20):
#   503: 4 orders, with equal headers
#   answer lost: 4 orders, with equal headers
#   first answer lost: 2 orders, with equal headers; the program has the id of the last one
#   answer lost, maxRetries 0: 4 orders, with equal headers
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @fal-ai/client@1.10.1
cat >program.cjs <<'JAVASCRIPT'
const http = require("http");
const { createFalClient } = require("@fal-ai/client");

const lose = (response) => response.socket.destroy();
const refuse = (response) => response.writeHead(503, { "content-type": "application/json" }).end("{}");
const take = (response, number) => {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ request_id: `order-${number}`, status: "IN_QUEUE" }));
};
const CASES = {
  "answer lost": [lose, {}, 4, undefined],
  503: [refuse, {}, 4, undefined],
  "first answer lost": [(response, number) => (number === 1 ? lose(response) : take(response, number)), {}, 2, "order-2"],
  "answer lost, maxRetries 0": [lose, { retry: { maxRetries: 0 } }, 4, undefined],
};

async function submit(answer, options) {
  const orders = [];
  const server = http.createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      orders.push(JSON.stringify(request.headers));
      answer(response, orders.length);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const local = (address, init) => fetch(`http://127.0.0.1:${server.address().port}${new URL(address).pathname}`, init);
  const client = createFalClient({ credentials: "id:secret", fetch: local, ...options });
  const order = client.queue.submit("fal-ai/model", { input: { prompt: "a fox" } });
  const id = await order.then((result) => result.request_id, () => undefined);
  server.close();
  return [orders, id];
}

async function main() {
  let isAsSeen = true;
  for (const [name, [answer, options, expected, expectedId]] of Object.entries(CASES)) {
    const [orders, id] = await submit(answer, options);
    const isSame = new Set(orders).size === 1;
    const details = orders.length > 1 && isSame ? "s, with equal headers" : "";
    console.log(`${name}: ${orders.length} order${details}${id === undefined ? "" : "; the program has the id of the last one"}`);
    isAsSeen &&= orders.length === expected && isSame && id === expectedId;
  }
  process.exit(isAsSeen ? 0 : 1);
}

main();
JAVASCRIPT
node program.cjs
