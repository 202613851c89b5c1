import asyncio
import ssl

URL = "https://api.krea.ai/generate/image/z-image/z-image"
BODY = '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}'
HEADERS = {"Authorization": "Bearer t", "Content-Type": "application/json"}


async def main() -> None:
    reader, writer = await asyncio.open_connection("api.krea.ai", 443, ssl=ssl.create_default_context())
    lines = [
        "POST " + URL.removeprefix("https://api.krea.ai") + " HTTP/1.1",
        "Host: api.krea.ai",
        *(f"{name}: {value}" for name, value in HEADERS.items()),
        f"Content-Length: {len(BODY)}",
    ]
    writer.write("\r\n".join([*lines, "", BODY]).encode())
    print((await reader.readline()).split()[1].decode())
    writer.close()


asyncio.run(main())
