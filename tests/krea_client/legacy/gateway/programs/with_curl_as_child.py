import subprocess

URL = "https://api.krea.ai/generate/image/z-image/z-image"
BODY = '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}'
HEADERS = {"Authorization": "Bearer t", "Content-Type": "application/json"}

headers = [word for name, value in HEADERS.items() for word in ("-H", f"{name}: {value}")]
command = ["curl", "-sS", URL, *headers, "-d", BODY, "-o", "/dev/null", "-w", "%{http_code}"]
print(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
