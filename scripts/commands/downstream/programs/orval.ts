import { generateZImage } from "./krea/image/image";

// The generated functions call fetch with a path alone, or with the baseUrl of orval's settings.
const send = globalThis.fetch;
globalThis.fetch = (path, options) => send(`${process.env.KREA_BASE_URL}${String(path)}`, options);
const headers = { Authorization: `Bearer ${process.env.KREA_API_TOKEN}` };

const minimal = await generateZImage(MINIMAL, {}, { headers });
const whole = await generateZImage(WHOLE, { "X-Webhook-URL": "https://example.com/hook" }, { headers });
if (minimal.status !== 200 || whole.status !== 200) throw new Error(JSON.stringify([minimal.data, whole.data]));
