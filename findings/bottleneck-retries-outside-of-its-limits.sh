#!/usr/bin/env bash
# Bottleneck 2.19.5 (npm, limits rates): jobs that are tried again, and jobs that run late, are not limited.
#
# Guess before the first run: each try of a job waits for minTime and takes one from the reservoir, as the first did; with maxConcurrent: 1
# no second function starts before the first has ended, also after its expiration.
# Seen: a job that its "failed" handler sends again with no delay of its own calls its function 4 times within minTime, and the reservoir
# counts one. With expiration, the next job starts while the one that was given up still runs.
# Consequence: a program that was told to make 1 request in 2 s, and 5 in all, sends four times as many as soon as the server answers 429;
# and jobs that were given up, which are paid for all the same, run beside the others.
#
# Output seen on 2026-12-01 (Node.js 20):
#   no retry: shortest time between calls 2 s, calls 3; reservoir 5, then 2
#   3 retries each: shortest time between calls under 1 s, calls 12; reservoir 5, then 2
#   maxConcurrent 1 without expiration: 1 at a time
#   maxConcurrent 1 with expiration: 3 at a time
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" bottleneck@2.19.5
cat >program.cjs <<'JAVASCRIPT'
const Bottleneck = require("bottleneck");

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function calls(retries) {
  const limiter = new Bottleneck({ minTime: 2000, reservoir: 5 });
  limiter.on("failed", (error, job) => (job.retryCount < retries ? 0 : undefined));
  const times = [];
  const refused = async () => {
    times.push(Date.now());
    throw new Error("429");
  };
  await Promise.allSettled([1, 2, 3].map(() => limiter.schedule(refused)));
  const gap = Math.min(...times.slice(1).map((time, index) => time - times[index]));
  return [times.length, gap < 1000 ? "under 1 s" : "2 s", await limiter.currentReservoir()];
}

async function atOnce(options) {
  const limiter = new Bottleneck({ maxConcurrent: 1 });
  let running = 0;
  let most = 0;
  const slow = async () => {
    most = Math.max(most, ++running);
    await sleep(1500);
    running -= 1;
  };
  await Promise.allSettled([1, 2, 3].map(() => limiter.schedule(options, slow)));
  return most;
}

async function main() {
  const [plain, again] = [await calls(0), await calls(3)];
  const [whole, late] = [await atOnce({}), await atOnce({ expiration: 100 })];
  console.log(`no retry: shortest time between calls ${plain[1]}, calls ${plain[0]}; reservoir 5, then ${plain[2]}`);
  console.log(`3 retries each: shortest time between calls ${again[1]}, calls ${again[0]}; reservoir 5, then ${again[2]}`);
  console.log(`maxConcurrent 1 without expiration: ${whole} at a time`);
  console.log(`maxConcurrent 1 with expiration: ${late} at a time`);
  const expected = [[3, "2 s", 2], [12, "under 1 s", 2], 1, 3];
  process.exit(JSON.stringify([plain, again, whole, late]) === JSON.stringify(expected) ? 0 : 1);
}

main();
JAVASCRIPT
node program.cjs
