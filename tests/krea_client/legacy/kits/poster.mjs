#!/usr/bin/env node
// One picture from the command line: node poster.mjs --prompt "A fox" [--model M] [--ratio 1:1] [--ref URL]... [--poll MS] [--out FILE]
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

const API = "https://api.krea.ai";
const { values } = parseArgs({
  options: {
    prompt: { type: "string" },
    model: { type: "string", default: "image/z-image/z-image" },
    ratio: { type: "string", default: "1:1" },
    ref: { type: "string", multiple: true, default: [] },
    poll: { type: "string", default: "2000" },
    out: { type: "string", default: "poster.png" },
    resolution: { type: "string" },
  },
});
if (!values.prompt) {
  console.error("--prompt is missing");
  process.exit(2);
}

async function call(method, path, body) {
  const headers = { Authorization: `Bearer ${process.env.KREA_API_TOKEN}`, "Content-Type": "application/json" };
  const response = await fetch(API + path, { method, headers, body: body && JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

const document = await (await fetch(`${API}/openapi.json`)).json();
const known = document.paths[`/generate/${values.model}`].post.requestBody.content["application/json"].schema.properties;
const body = { prompt: values.prompt };
if ("aspectRatio" in known) body.aspectRatio = values.ratio;
if ("resolution" in known && values.resolution) body.resolution = values.resolution;
if (values.ref.length > 0) {
  if ("imageUrls" in known) body.imageUrls = values.ref;
  else body.imageUrl = values.ref[0];
}
let job = await call("POST", `/generate/${values.model}`, body);
while (!["completed", "failed", "cancelled"].includes(job.status)) {
  await new Promise((resolve) => setTimeout(resolve, Number(values.poll)));
  job = await call("GET", `/jobs/${job.job_id}`);
}
if (job.status !== "completed") throw new Error(`job ${job.job_id} ${job.status}`);
await writeFile(values.out, Buffer.from(await (await fetch(job.result.urls[0])).arrayBuffer()));
console.log(values.out);
