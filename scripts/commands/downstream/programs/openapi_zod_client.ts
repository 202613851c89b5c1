import { createApiClient } from "./krea";

const headers = { Authorization: `Bearer ${process.env.KREA_API_TOKEN}` };
// Its schemas fill defaults in before sending, unless they only check.
const api = createApiClient(process.env.KREA_BASE_URL ?? "", { axiosConfig: { headers }, transform: "response" });
await api.generate_z_image(MINIMAL);
await api.generate_z_image(WHOLE, { headers: { "X-Webhook-URL": "https://example.com/hook" } });
