import { Api } from "./krea";

const api = new Api({
  baseUrl: process.env.KREA_BASE_URL,
  securityWorker: () => ({ headers: { Authorization: `Bearer ${process.env.KREA_API_TOKEN}` } }),
  baseApiParams: { secure: true },
});
await api.generate.generateZImage(MINIMAL);
await api.generate.generateZImage(WHOLE, { headers: { "X-Webhook-URL": "https://example.com/hook" } });
