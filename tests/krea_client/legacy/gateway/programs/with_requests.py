import requests

URL = "https://api.krea.ai/generate/image/z-image/z-image"
BODY = '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}'
HEADERS = {"Authorization": "Bearer t", "Content-Type": "application/json"}

print(requests.post(URL, data=BODY, headers=HEADERS).status_code)
