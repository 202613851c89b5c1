"""Send one request, after every field has been looked up in the API's document. Standard library only."""

import argparse
import http.client
import json
import os
import ssl
import sys
import time

import certifi

HOST = "api.krea.ai"
CONTEXT = ssl.create_default_context(cafile=certifi.where())  # python.org's Python on macOS has no certificates


def call(method, path, body=None):
    connection = http.client.HTTPSConnection(HOST, timeout=30, context=CONTEXT)
    headers = {"Authorization": "Bearer " + os.environ["KREA_API_TOKEN"]}
    if body is not None:
        body = json.dumps(body)
        headers["Content-Type"] = "application/json"
    connection.request(method, path, body=body, headers=headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    if response.status >= 400:
        sys.exit(f"{response.status}: {content.decode()}")
    return json.loads(content)


def check(model, body):
    document = call("GET", "/openapi.json")
    schema = document["paths"][f"/generate/{model}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if unknown := sorted(set(body) - set(schema["properties"])):
        sys.exit(f"{model} does not take {', '.join(unknown)}")
    if missing := sorted(set(schema.get("required", ())) - set(body)):
        sys.exit(f"{model} needs {', '.join(missing)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("prompt")
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=JSON")
    parser.add_argument("--poll", type=float, default=2.0)
    args = parser.parse_args()
    body = {"prompt": args.prompt, **{name: json.loads(value) for name, _, value in (item.partition("=") for item in args.set)}}
    check(args.model, body)
    job = call("POST", f"/generate/{args.model}", body)
    while job["status"] not in ("completed", "failed", "cancelled"):
        time.sleep(args.poll)
        job = call("GET", f"/jobs/{job['job_id']}")
    print(job["status"], *job["result"]["urls"])


if __name__ == "__main__":
    main()
