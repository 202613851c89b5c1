const url = "https://api.krea.ai/generate/image/z-image/z-image";
const headers = { Authorization: "Bearer t", "Content-Type": "application/json" };
const body = JSON.stringify({ prompt: "a fox", aspectRatio: "1:1", resolution: "1K" });

const response = await fetch(url, { method: "POST", headers, body });
console.log(response.status);
