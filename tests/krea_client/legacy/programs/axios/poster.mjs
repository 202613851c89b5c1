// Makes one poster with axios.
import axios from "axios";

const krea = axios.create({
  baseURL: process.env.KREA_HOST ?? "https://api.krea.ai",
  headers: { Authorization: `Bearer ${process.env.KREA_TOKEN}` },
});

try {
  await krea.post("/generate/image/z-image/z-image", { prompt: "A fox", aspectRatio: "1:1", resolution: "1K" });
} catch (error) {
  throw new Error(`refused: ${JSON.stringify(error.response?.data ?? error.message)}`);
}
console.log("1 jobs");
