#!/usr/bin/env bash
# json-schema-to-zod 2.8.1 with zod 3.25.76, and z.fromJSONSchema of zod 4.6.7 (npm): rules about required fields have no effect.
#
# Guess before the first run: what zod has no words for, such as if/then, is left out by the first and an error in the second; anyOf and
# allOf are kept, whatever they hold.
# Seen: a schema without "type" takes anything. So "a prompt or an image is required", which is an anyOf of two lists of required fields,
# takes an empty object, and an object described without type: object takes any value, with no warning or error. A field that is required but
# has no schema of its own is not required. One loses prefixItems, the other minItems. Ajv 8.20.0 refuses them all.
# Consequence: a form or a tool of a language model that is checked so sends requests that the API refuses, or pays for half of an order.
#
# Output seen on 2026-12-01 (Node.js 20):
#   anyOf of required fields: {} Ajv refused, json-schema-to-zod taken, fromJSONSchema taken
#   allOf with required fields: {} Ajv refused, json-schema-to-zod taken, fromJSONSchema taken
#   required without a schema: {} Ajv refused, json-schema-to-zod taken, fromJSONSchema taken
#   properties without a type: {"prompt":1} Ajv refused, json-schema-to-zod taken, fromJSONSchema taken
#   prefixItems: ["a","b"] Ajv refused, json-schema-to-zod taken, fromJSONSchema refused
#   minItems without items: [] Ajv refused, json-schema-to-zod refused, fromJSONSchema taken
#   type and maxLength: "long" Ajv refused, json-schema-to-zod refused, fromJSONSchema refused
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" json-schema-to-zod@2.8.1 zod@3.25.76 zod4@npm:zod@4.6.7 ajv@8.20.0
cat >program.cjs <<'JAVASCRIPT'
const Ajv = require("ajv/dist/2020").default;
const { jsonSchemaToZod } = require("json-schema-to-zod");
const { z } = require("zod");
const { z: z4 } = require("zod4");

const text = { type: "string" };
const fields = { type: "object", properties: { prompt: text, image: text } };
// A schema, a value that it forbids, one that it allows, and which of the two zod schemas take the forbidden one.
const CASES = {
  "anyOf of required fields": [{ ...fields, anyOf: [{ required: ["prompt"] }, { required: ["image"] }] }, {}, { image: "a" }, true, true],
  "allOf with required fields": [{ allOf: [fields, { required: ["prompt"] }] }, {}, { prompt: "a" }, true, true],
  "required without a schema": [{ type: "object", properties: {}, required: ["prompt"] }, {}, { prompt: "a" }, true, true],
  "properties without a type": [{ properties: { prompt: text } }, { prompt: 1 }, { prompt: "a" }, true, true],
  prefixItems: [{ type: "array", prefixItems: [text, { type: "integer" }] }, ["a", "b"], ["a", 1], true, false],
  "minItems without items": [{ type: "array", minItems: 1 }, [], [1], false, true],
  "type and maxLength": [{ type: "string", maxLength: 3 }, "long", "ok", false, false],
};

const ajv = new Ajv({ strict: false });
const word = (isTaken) => (isTaken ? "taken" : "refused");
let isAsSeen = true;
for (const [name, [schema, wrong, right, isTakenBy3, isTakenBy4]] of Object.entries(CASES)) {
  const check = ajv.compile(schema);
  const made = [new Function("z", `return ${jsonSchemaToZod(schema)}`)(z), z4.fromJSONSchema(schema)];
  const seen = [check(wrong), ...made.map((zod) => zod.safeParse(wrong).success)];
  const words = seen.map(word);
  console.log(`${name}: ${JSON.stringify(wrong)} Ajv ${words[0]}, json-schema-to-zod ${words[1]}, fromJSONSchema ${words[2]}`);
  isAsSeen &&= seen.join() === [false, isTakenBy3, isTakenBy4].join();
  isAsSeen &&= check(right) && made.every((zod) => zod.safeParse(right).success);
}
process.exit(isAsSeen ? 0 : 1);
JAVASCRIPT
node program.cjs
