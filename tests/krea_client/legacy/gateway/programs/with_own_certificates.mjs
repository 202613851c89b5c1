// Trusts a list of certificates of its own.
import https from "node:https";
import tls from "node:tls";

const body = JSON.stringify({ prompt: "a fox", aspectRatio: "1:1", resolution: "1K" });
const agent = new https.Agent({ ca: tls.rootCertificates });
const headers = { Authorization: "Bearer t", "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
const request = https.request("https://api.krea.ai/generate/image/z-image/z-image", { method: "POST", headers, agent }, (response) => {
  console.log(response.statusCode);
  response.resume();
});
request.end(body);
