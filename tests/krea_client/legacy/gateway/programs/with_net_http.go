package main

import (
	"fmt"
	"net/http"
	"strings"
)

func main() {
	body := strings.NewReader(`{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}`)
	request, _ := http.NewRequest("POST", "https://api.krea.ai/generate/image/z-image/z-image", body)
	request.Header.Set("Authorization", "Bearer t")
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(response.StatusCode)
}
