import multiprocessing
import urllib.request

URL = "https://api.krea.ai/generate/image/z-image/z-image"
BODY = '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}'
HEADERS = {"Authorization": "Bearer t", "Content-Type": "application/json"}


def call(body: bytes) -> None:
    print(urllib.request.urlopen(urllib.request.Request(URL, data=body, headers=HEADERS)).status, flush=True)


if __name__ == "__main__":
    child = multiprocessing.get_context("spawn").Process(target=call, args=(BODY.encode(),))
    child.start()
    child.join()
