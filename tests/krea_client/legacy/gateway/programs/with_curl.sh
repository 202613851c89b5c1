curl -sS https://api.krea.ai/generate/image/z-image/z-image -H 'Authorization: Bearer t' -H 'Content-Type: application/json' \
  -d '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}' -o /dev/null -w '%{http_code}\n'
