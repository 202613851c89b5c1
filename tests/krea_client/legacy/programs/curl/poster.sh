#!/bin/sh
# Makes one poster with curl.
base=${KREA_HOST:-https://api.krea.ai}
curl --silent --show-error --fail-with-body "$base/generate/image/z-image/z-image" \
  --header "Authorization: Bearer $KREA_TOKEN" \
  --header "Content-Type: application/json" \
  --data '{"prompt": "A fox", "aspectRatio": "1:1", "resolution": "1K"}' > answer.json || { echo "refused: $(cat answer.json)" >&2; exit 1; }
echo "1 jobs"
