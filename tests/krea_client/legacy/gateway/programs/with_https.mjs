import https from "node:https";

const url = "https://api.krea.ai/generate/image/z-image/z-image";
const headers = { Authorization: "Bearer t", "Content-Type": "application/json" };
const body = JSON.stringify({ prompt: "a fox", aspectRatio: "1:1", resolution: "1K" });

const request = https.request(url, { method: "POST", headers }, (response) => {
  console.log(response.statusCode);
  response.resume();
});
request.end(body);
