import http.client

URL = "https://api.krea.ai/generate/image/z-image/z-image"
BODY = '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}'
HEADERS = {"Authorization": "Bearer t", "Content-Type": "application/json"}

connection = http.client.HTTPSConnection("api.krea.ai")
connection.request("POST", URL.removeprefix("https://api.krea.ai"), BODY, HEADERS)
print(connection.getresponse().status)
