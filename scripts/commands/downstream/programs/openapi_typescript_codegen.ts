import { OpenAPI } from "./krea/core/OpenAPI";
import { ImageService } from "./krea/services/ImageService";

OpenAPI.BASE = process.env.KREA_BASE_URL ?? "";
OpenAPI.TOKEN = process.env.KREA_API_TOKEN;

await ImageService.generateZImage(MINIMAL);
await ImageService.generateZImage(WHOLE, "https://example.com/hook");
