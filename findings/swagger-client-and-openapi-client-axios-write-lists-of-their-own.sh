#!/usr/bin/env bash
# openapi-client-axios 7.9.1 and swagger-client 3.37.3 (npm, send requests by an OpenAPI document): lists arrive in other fields, or as one value.
#
# Guess before the first run: both send what the document says; the default of OpenAPI 3 repeats the name, tags=a&tags=b, in a query as in a form.
# Seen: openapi-client-axios sends tags[]=a&tags[]=b, in the query and in both kinds of forms, also where the document asks for explode: false.
# swagger-client, which also sends the trials of Swagger UI, has the query right and joins the lists of forms: tags=a,b, one value.
# Consequence: a server finds no field "tags", and a filter of jobs or a list of styles is left out without an error; or it takes "a,b" for one
# name. A trial in the rendered documentation fails or lies where a program that follows the document works.
#
# Output seen on 2026-12-01 (Node.js 20, axios 1.21.1), for a list of a and b:
#   openapi-client-axios: query tags[]=a&tags[]=b, query without explode tags[]=a&tags[]=b, form tags[]=a&tags[]=b
#   swagger-client: query tags=a&tags=b, query without explode tags=a,b, form tags=a,b
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" openapi-client-axios@7.9.1 swagger-client@3.37.3 axios@1.21.1
cat >program.mjs <<'JAVASCRIPT'
import http from "node:http";
import axiosClient from "openapi-client-axios";
import SwaggerClient from "swagger-client";

let sent;
const server = http.createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  sent = decodeURIComponent(request.method === "GET" ? request.url.split("?")[1] : Buffer.concat(parts).toString());
  response.setHeader("content-type", "application/json");
  response.end("{}");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const schema = { type: "array", items: { type: "string" } };
const responses = { 200: { description: "Done." } };
const listing = (explode) => ({ get: { operationId: `list${explode}`, parameters: [{ name: "tags", in: "query", explode, schema }], responses } });
const FORM = "application/x-www-form-urlencoded";
const form = { content: { [FORM]: { schema: { type: "object", properties: { tags: schema } } } } };
const definition = {
  openapi: "3.0.3",
  info: { title: "Jobs", version: "1" },
  servers: [{ url: `http://127.0.0.1:${server.address().port}` }],
  paths: { "/jobs": listing(true), "/jobs/joined": listing(false), "/styles": { post: { operationId: "create", requestBody: form, responses } } },
};
const axios = await new axiosClient.OpenAPIClientAxios({ definition }).init();
const swagger = await new SwaggerClient({ spec: definition });
const body = { tags: ["a", "b"] };
const CLIENTS = {
  "openapi-client-axios": [() => axios.listtrue(body), () => axios.listfalse(body), () => axios.create(null, body, { headers: { "content-type": FORM } })],
  "swagger-client": [
    () => swagger.execute({ operationId: "listtrue", parameters: body }),
    () => swagger.execute({ operationId: "listfalse", parameters: body }),
    () => swagger.execute({ operationId: "create", requestBody: body }),
  ],
};
const PLACES = ["query", "query without explode", "form"];
const BRACKETS = "tags[]=a&tags[]=b";
const EXPECTED = { "openapi-client-axios": [BRACKETS, BRACKETS, BRACKETS], "swagger-client": ["tags=a&tags=b", "tags=a,b", "tags=a,b"] };
let isAsSeen = true;
for (const [name, calls] of Object.entries(CLIENTS)) {
  const seen = [];
  for (const call of calls) {
    await call();
    seen.push(sent);
  }
  console.log(`${name}:`, PLACES.map((place, number) => `${place} ${seen[number]}`).join(", "));
  isAsSeen &&= seen.join() === EXPECTED[name].join();
}
process.exit(isAsSeen ? 0 : 1);
JAVASCRIPT
node program.mjs
