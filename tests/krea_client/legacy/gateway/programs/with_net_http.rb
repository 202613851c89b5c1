require "net/http"

uri = URI("https://api.krea.ai/generate/image/z-image/z-image")
http = Net::HTTP.new(uri.host, uri.port)
http.use_ssl = true
headers = { "Authorization" => "Bearer t", "Content-Type" => "application/json" }
puts http.post(uri.path, '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}', headers).code
