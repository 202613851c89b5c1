import urllib.request

URL = "https://api.krea.ai/generate/image/z-image/z-image"
BODY = '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}'
HEADERS = {"Authorization": "Bearer t", "Content-Type": "application/json"}

request = urllib.request.Request(URL, data=BODY.encode(), headers=HEADERS)
print(urllib.request.urlopen(request).status)
