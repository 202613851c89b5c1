#!/usr/bin/env bash
# node-downloader-helper 2.1.11 (npm): a download that breaks off is reported as ended first, and its file is removed afterwards.
#
# Guess before the first run: when the connection closes before the last byte, "error" is emitted, and "end" is not.
# Seen: "end" comes first, for a response without Content-Length even with incomplete: false; then "error", and then the file is gone.
# Consequence: a program that awaits "end", as for a stream of Node, hands on the path of a file that holds a part of a video, and soon
# nothing. The promise of start() is false, which is easily not looked at, too.
#
# Output seen on 2026-11-30 (Node.js 20):
#   with a length: end (incomplete true, 30000 bytes on disk), error (aborted); start() false; files 0
#   chunked: end (incomplete false, 30000 bytes on disk), error (aborted); start() false; files 0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" node-downloader-helper@2.1.11
cat >program.cjs <<'JAVASCRIPT'
const fs = require("fs");
const net = require("net");
const { DownloaderHelper } = require("node-downloader-helper");

const HEADS = { "with a length": "content-length: 100000", chunked: "transfer-encoding: chunked" };
const PART = Buffer.alloc(30000, "x");

async function main() {
  let isAsSeen = true;
  for (const [name, header] of Object.entries(HEADS)) {
    const server = net.createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => {
        socket.write(`HTTP/1.1 200 OK\r\n${header}\r\n\r\n`);
        const chunk = Buffer.concat([Buffer.from("7530\r\n"), PART, Buffer.from("\r\n")]);
        socket.write(name === "chunked" ? chunk : PART, () => setTimeout(() => socket.end(), 300));
      });
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const folder = fs.mkdtempSync("folder");
    const events = [];
    const download = new DownloaderHelper(`http://127.0.0.1:${server.address().port}/video.mp4`, folder);
    download.on("end", ({ incomplete, onDiskSize }) => events.push(`end (incomplete ${incomplete}, ${onDiskSize} bytes on disk)`));
    download.on("error", ({ message }) => events.push(`error (${message})`));
    const result = await download.start();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const files = fs.readdirSync(folder).length;
    console.log(`${name}: ${events.join(", ")}; start() ${result}; files ${files}`);
    isAsSeen &&= events.length === 2 && events[0].startsWith("end") && events[1].startsWith("error") && !result && files === 0;
    isAsSeen &&= events[0].includes(`incomplete ${name !== "chunked"}`);
    server.close();
  }
  process.exit(isAsSeen ? 0 : 1);
}

main();
JAVASCRIPT
node program.cjs
