import { client } from "./krea/client.gen";
import { generateZImage } from "./krea/sdk.gen";

client.setConfig({ baseUrl: process.env.KREA_BASE_URL, auth: process.env.KREA_API_TOKEN });

const minimal = await generateZImage({ body: MINIMAL });
const whole = await generateZImage({ headers: { "X-Webhook-URL": "https://example.com/hook" }, body: WHOLE });
if (!minimal.data?.job_id || !whole.data?.job_id) throw new Error(JSON.stringify([minimal.error, whole.error]));
