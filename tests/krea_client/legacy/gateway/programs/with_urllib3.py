import urllib3

URL = "https://api.krea.ai/generate/image/z-image/z-image"
BODY = '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}'
HEADERS = {"Authorization": "Bearer t", "Content-Type": "application/json"}

print(urllib3.PoolManager().request("POST", URL, body=BODY, headers=HEADERS).status)
