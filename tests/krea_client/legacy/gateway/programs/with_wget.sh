wget -qO- --server-response https://api.krea.ai/generate/image/z-image/z-image --header 'Authorization: Bearer t' --header 'Content-Type: application/json' \
  --post-data '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}'
