#!/usr/bin/env bash
# Prism 5.14.2 (@stoplight/prism-cli, a mock server): dependentRequired of an OpenAPI 3.1 document has no effect, without a warning.
#
# Guess before the first run: Prism reads OpenAPI 3.1 and checks requests with Ajv, so the rules of its JSON Schema count.
# Seen: if and then, and a maximum beside a $ref, which are as new in 3.1, are checked. dependentRequired is not.
# express-openapi-validator 5.6.2 refuses the same request.
# Consequence: tests against such a mock pass with requests, of a video with an end image and no start image, that the API refuses.
#
# Output seen on 2026-11-30 (Node.js 20):
#   express-openapi-validator: valid taken, maximum beside $ref refused, if and then refused, dependentRequired refused
#   prism: valid taken, maximum beside $ref refused, if and then refused, dependentRequired taken
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @stoplight/prism-cli@5.14.2 express-openapi-validator@5.6.2 express@5.3.0
cat >program.cjs <<'JAVASCRIPT'
const fs = require("fs");
const express = require("express");
const expressValidator = require("express-openapi-validator");
const { createLogger } = require("@stoplight/prism-core");
const { createServer } = require("@stoplight/prism-http-server");
const { getHttpOperationsFromSpec } = require("@stoplight/prism-cli/dist/operations");

const schema = {
  type: "object",
  properties: {
    seed: { $ref: "#/components/schemas/Seed", maximum: 100 },
    mode: { type: "string" },
    start_image: { type: "string" },
    end_image: { type: "string" },
  },
  dependentRequired: { end_image: ["start_image"] },
  if: { properties: { mode: { const: "image" } }, required: ["mode"] },
  then: { required: ["start_image"] },
};
const DOCUMENT = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Jobs", version: "1" },
  servers: [{ url: "/" }],
  paths: {
    "/jobs": {
      post: {
        operationId: "create",
        requestBody: { required: true, content: { "application/json": { schema } } },
        responses: { 200: { description: "Taken.", content: { "application/json": { schema: { type: "object" }, example: {} } } } },
      },
    },
  },
  components: { schemas: { Seed: { type: "integer", minimum: 0 } } },
});
const BODIES = {
  valid: { seed: 1, start_image: "a", end_image: "b" },
  "maximum beside $ref": { seed: 101 },
  "if and then": { mode: "image" },
  dependentRequired: { end_image: "b" },
};
const EXPECTED = { "express-openapi-validator": "taken refused refused refused", prism: "taken refused refused taken" };

async function byExpress() {
  const app = express();
  app.use(express.json());
  app.use(expressValidator.middleware({ apiSpec: JSON.parse(DOCUMENT) }));
  app.post("/jobs", (request, response) => response.json({}));
  app.use((error, request, response, next) => response.status(error.status).json({}));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  return `http://127.0.0.1:${server.address().port}`;
}

async function byPrism() {
  fs.writeFileSync("document.json", DOCUMENT);
  const config = { mock: { dynamic: false }, validateRequest: true, validateResponse: false, checkSecurity: false, errors: false };
  const logger = createLogger("prism", { level: "silent" });
  const server = createServer(await getHttpOperationsFromSpec("document.json"), { components: { logger }, cors: false, config });
  return server.listen(0, "127.0.0.1");
}

async function main() {
  let isAsSeen = true;
  for (const [name, start] of Object.entries({ "express-openapi-validator": byExpress, prism: byPrism })) {
    const address = await start();
    const seen = [];
    for (const body of Object.values(BODIES)) {
      const headers = { "content-type": "application/json" };
      const { status } = await fetch(`${address}/jobs`, { method: "POST", headers, body: JSON.stringify(body) });
      seen.push({ 200: "taken", 400: "refused", 422: "refused" }[status] ?? `answered ${status}`);
    }
    console.log(`${name}:`, Object.keys(BODIES).map((rule, number) => `${rule} ${seen[number]}`).join(", "));
    isAsSeen &&= seen.join(" ") === EXPECTED[name];
  }
  process.exit(isAsSeen ? 0 : 1);
}

main();
JAVASCRIPT
node program.cjs
