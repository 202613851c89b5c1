#!/usr/bin/env bash
# ai 6.0.326 (npm, the AI SDK): generateImage with n: 4 and a seed orders the same picture four times.
#
# Guess before the first run: where a model makes one picture a call, the calls of one order get seeds that differ, or n with a seed is refused.
# Seen: four calls with the same prompt and the same seed, without a warning; they run at once, and the result has four pictures.
# Consequence: a model that repeats a picture for a seed, which is what seeds are for, is paid four times for one picture.
#
# Output seen on 2026-12-01 (Node.js 20), seeds of the calls:
#   n 1: 1
#   n 4: 1 1 1 1; pictures 4, different ones 1, warnings 0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" ai@6.0.326 zod@4.6.7
cat >program.mjs <<'JAVASCRIPT'
import { createHash } from "node:crypto";
import { generateImage } from "ai";

async function order(n) {
  const seeds = [];
  const model = {
    specificationVersion: "v3",
    provider: "example",
    modelId: "one-a-call",
    maxImagesPerCall: 1,
    async doGenerate({ prompt, seed }) {
      seeds.push(seed);
      const images = [createHash("sha256").update(`${prompt} ${seed}`).digest("base64")];
      return { images, warnings: [], response: { timestamp: new Date(), modelId: "one-a-call", headers: {} } };
    },
  };
  const { images, warnings } = await generateImage({ model, prompt: "a fox", n, seed: 1 });
  return { seeds: seeds.join(" "), pictures: images.length, different: new Set(images.map((image) => image.base64)).size, warnings: warnings.length };
}

const one = await order(1);
const four = await order(4);
console.log(`n 1: ${one.seeds}`);
console.log(`n 4: ${four.seeds}; pictures ${four.pictures}, different ones ${four.different}, warnings ${four.warnings}`);
const expected = { seeds: "1 1 1 1", pictures: 4, different: 1, warnings: 0 };
process.exit(one.seeds === "1" && JSON.stringify(four) === JSON.stringify(expected) ? 0 : 1);
JAVASCRIPT
node program.mjs
