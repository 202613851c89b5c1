import { Configuration, ImageApi, ZImageRequestFromJSON } from "./made/index";

const api = new ImageApi(
  new Configuration({ basePath: process.env.KREA_BASE_URL, accessToken: process.env.KREA_API_TOKEN }),
);
await api.generateZImage({ zImageRequest: { prompt: "a fox", aspectRatio: "1:1", resolution: "1K" } });
await api.generateZImage({
  zImageRequest: ZImageRequestFromJSON(WHOLE),
  xWebhookURL: "https://example.com/hook",
});
