import { setConfig } from "./krea/.kubb/fetch";
import { generateZImage } from "./krea/clients/generateZImage";

// The client sets no Content-Type of its own.
const headers = { Authorization: `Bearer ${process.env.KREA_API_TOKEN}`, "Content-Type": "application/json" };
setConfig({ baseURL: process.env.KREA_BASE_URL, headers });

const minimal = await generateZImage(MINIMAL);
const whole = await generateZImage(WHOLE, { "X-Webhook-URL": "https://example.com/hook" });
if (minimal.status !== 200 || whole.status !== 200) throw new Error(JSON.stringify([minimal.data, whole.data]));
