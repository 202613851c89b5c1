import createClient from "openapi-fetch";
import type { paths } from "./schema.ts";

const client = createClient<paths>({
  baseUrl: process.env.KREA_BASE_URL,
  headers: { Authorization: `Bearer ${process.env.KREA_API_TOKEN}` },
});
const MODEL = "/generate/image/z-image/z-image";

const minimal = await client.POST(MODEL, { body: MINIMAL });
const whole = await client.POST(MODEL, {
  params: { header: { "X-Webhook-URL": "https://example.com/hook" } },
  body: WHOLE,
});
if (!minimal.data?.job_id || !whole.data?.job_id) throw new Error(JSON.stringify([minimal.error, whole.error]));
