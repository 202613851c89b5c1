// Makes one poster with undici.
import { request } from "undici";

const base = process.env.KREA_HOST ?? "https://api.krea.ai";
const answer = await request(`${base}/generate/image/z-image/z-image`, {
  method: "POST",
  headers: { "Content-Type": "application/json", Authorization: `Bearer ${process.env.KREA_TOKEN}` },
  body: JSON.stringify({ prompt: "A fox", aspectRatio: "1:1", resolution: "1K" }),
});
if (answer.statusCode >= 400) throw new Error(`refused: ${await answer.body.text()}`);
console.log("1 jobs");
