import tls from "node:tls";

const url = "https://api.krea.ai/generate/image/z-image/z-image";
const headers = { Authorization: "Bearer t", "Content-Type": "application/json" };
const body = JSON.stringify({ prompt: "a fox", aspectRatio: "1:1", resolution: "1K" });

const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
const head = [`POST ${new URL(url).pathname} HTTP/1.1`, "Host: api.krea.ai", "Connection: close", ...lines, `Content-Length: ${body.length}`];
const socket = tls.connect(443, "api.krea.ai", { servername: "api.krea.ai" }, () => socket.write([...head, "", body].join("\r\n")));
socket.once("data", (data) => {
  console.log(String(data).split(" ")[1]);
  socket.end();
});
