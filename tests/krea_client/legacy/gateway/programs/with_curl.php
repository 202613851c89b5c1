<?php
$call = curl_init("https://api.krea.ai/generate/image/z-image/z-image");
curl_setopt_array($call, [
    CURLOPT_POSTFIELDS => '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}',
    CURLOPT_HTTPHEADER => ["Authorization: Bearer t", "Content-Type: application/json"],
    CURLOPT_RETURNTRANSFER => true,
]);
curl_exec($call);
echo curl_getinfo($call, CURLINFO_HTTP_CODE), curl_error($call), "\n";
