"""Every HTTP client that the analysis knows, in the ways its documentation shows; a test for each."""

from __future__ import annotations

import pytest

from tests.krea_migrate.looking import URL, findings

BODY = '{"prompt": "a fox", "aspectRatio": "1:1"}'
PYTHON = {
    "requests": f'import requests\nrequests.post("{URL}", json={BODY})\n',
    "requests data": f'import json, requests\nrequests.post("{URL}", data=json.dumps({BODY}))\n',
    "requests Session": f'import requests\nwith requests.Session() as session:\n    session.post("{URL}", json={BODY})\n',
    "requests Request": f'import requests\nrequests.Session().send(requests.Request("POST", "{URL}", json={BODY}).prepare())\n',
    "niquests": f'import niquests\nniquests.post("{URL}", json={BODY})\n',
    "niquests AsyncSession": "import niquests\n\n\nasync def send():\n    async with niquests.AsyncSession() as session:\n"
    f'        await session.post("{URL}", json={BODY})\n',
    "httpx": f'import httpx\nhttpx.post("{URL}", json={BODY})\n',
    "httpx Client": f'import httpx\nwith httpx.Client(base_url="https://api.krea.ai") as client:\n'
    f'    client.post("{URL[19:]}", json={BODY})\n',
    "httpx2": f'import httpx2\nhttpx2.post("{URL}", json={BODY})\n',
    "httpx2 AsyncClient": "import httpx2\n\n\nasync def send():\n    async with httpx2.AsyncClient() as client:\n"
    f'        await client.post("{URL}", json={BODY})\n',
    "curl_cffi": f'from curl_cffi import requests\nrequests.post("{URL}", json={BODY}, impersonate="chrome")\n',
    "aiohttp": "import aiohttp\n\n\nasync def send():\n    async with aiohttp.ClientSession() as session:\n"
    f'        async with session.post("{URL}", json={BODY}) as response:\n            return await response.json()\n',
    "treq": f'import json, treq\ntreq.post("{URL}", json.dumps({BODY}).encode(), headers={{"Content-Type": ["application/json"]}})\n',
    "treq json": f'import treq\ntreq.post("{URL}", json={BODY})\n',
    "urllib": f'import json\nfrom urllib.request import Request, urlopen\nurlopen(Request("{URL}", data=json.dumps({BODY}).encode()))\n',
    "urllib3": f'import urllib3\nurllib3.PoolManager().request("POST", "{URL}", json={BODY})\n',
    "http.client": "import http.client, json\nconnection = http.client.HTTPSConnection('api.krea.ai')\n"
    f'connection.request("POST", "{URL[19:]}", json.dumps({BODY}))\n',
    "pycurl": f'import json\nimport pycurl\n\nhandle = pycurl.Curl()\nhandle.setopt(pycurl.URL, "{URL}")\n'
    f"handle.setopt(pycurl.POSTFIELDS, json.dumps({BODY}))\nhandle.perform()\n",
    "pycurl methods": "import json\nimport pycurl\n\n\nclass Sender:\n    def __init__(self):\n        self.handle = pycurl.Curl()\n"
    f'        self.handle.setopt(self.handle.URL, "{URL}")\n\n    def send(self, body):\n'
    "        self.handle.setopt(self.handle.POSTFIELDS, json.dumps(body))\n        self.handle.perform()\n\n\n"
    f"Sender().send({BODY})\n",
}
OBJECT = '{ prompt: "a fox", aspectRatio: "1:1" }'
SCRIPT = {
    "fetch": f'await fetch("{URL}", {{ method: "POST", body: JSON.stringify({OBJECT}) }});\n',
    "got": f'import got from "got";\nawait got.post("{URL}", {{ json: {OBJECT} }}).json();\n',
    "got extend": f'import got from "got";\nconst client = got.extend({{ prefixUrl: "https://api.krea.ai" }});\n'
    f'await client.post("{URL[20:]}", {{ json: {OBJECT} }});\n',
    "got options": f'import got from "got";\nawait got("{URL}", {{ method: "POST", json: {OBJECT} }});\n',
    "axios": f'import axios from "axios";\nawait axios.post("{URL}", {OBJECT});\n',
    "axios create": f'import axios from "axios";\nconst http = axios.create({{ baseURL: "https://api.krea.ai" }});\n'
    f'await http.post("{URL[19:]}", {OBJECT});\n',
    "axios options": f'import axios from "axios";\nawait axios({{ method: "post", url: "{URL}", data: {OBJECT} }});\n',
    "ky": f'import ky from "ky";\nawait ky.post("{URL}", {{ json: {OBJECT} }}).json();\n',
    "ky create": f'import ky from "ky";\nconst api = ky.create({{ prefixUrl: "https://api.krea.ai" }});\n'
    f'await api.post("{URL[20:]}", {{ json: {OBJECT} }}).json();\n',
    "undici request": f'import {{ request }} from "undici";\n'
    f'await request("{URL}", {{ method: "POST", body: JSON.stringify({OBJECT}) }});\n',
    "undici fetch": f'import {{ fetch }} from "undici";\nawait fetch("{URL}", {{ method: "POST", body: JSON.stringify({OBJECT}) }});\n',
    "undici Pool": f'import {{ Pool }} from "undici";\nconst pool = new Pool("https://api.krea.ai");\n'
    f'await pool.request({{ path: "{URL[19:]}", method: "POST", body: JSON.stringify({OBJECT}) }});\n',
    "superagent": f'import superagent from "superagent";\nawait superagent.post("{URL}").send({OBJECT});\n',
}


@pytest.mark.parametrize("name", PYTHON)
def test_a_client_of_python(name: str) -> None:
    assert [(row.old, row.certainty) for row in findings("KREA1", main__py=PYTHON[name])] == [
        ("aspectRatio", "certain")
    ]


@pytest.mark.parametrize("name", SCRIPT)
def test_a_client_of_scripts(name: str) -> None:
    assert [(row.old, row.certainty) for row in findings("KREA1", main__mjs=SCRIPT[name])] == [
        ("aspectRatio", "certain")
    ]


# Addresses that are taken apart, and those that the environment may replace.


@pytest.mark.parametrize(
    "address",
    [
        f'hostname: new URL("{URL}").hostname, path: new URL("{URL}").pathname',
        f'host: new URL("{URL}").host, path: new URL("{URL}").pathname + new URL("{URL}").search',
    ],
)
def test_an_address_that_is_taken_apart(address: str) -> None:
    program = f"""import https from "https";
const request = https.request({{ method: "POST", {address} }});
request.write(JSON.stringify({OBJECT}));
request.end();
"""
    assert [(row.old, row.certainty) for row in findings("KREA1", main__mjs=program)] == [("aspectRatio", "certain")]


@pytest.mark.parametrize("base", ["process.env.BASE", "import.meta.env.VITE_BASE", 'Deno.env.get("BASE")'])
@pytest.mark.parametrize("sign", ["||", "??"])
def test_an_address_that_the_environment_may_replace(base: str, sign: str) -> None:
    program = f"""const base = ({base} {sign} "https://api.krea.ai").replace(/\\/$/, "");
const send = (path) => fetch(`${{base}}/generate/image/${{path}}`, {{ method: "POST", body: JSON.stringify({OBJECT}) }});
"""
    assert [(row.old, row.certainty) for row in findings("KREA1", main__mjs=program)] == [("aspectRatio", "certain")]


def test_an_address_of_the_environment_in_python() -> None:
    program = f"""import os, requests
BASE = (os.getenv("BASE") or "https://api.krea.ai").rstrip("/")

def send(path):
    requests.post(f"{{BASE}}/generate/image/{{path}}", json={BODY})
"""
    assert [(row.old, row.certainty) for row in findings("KREA1", main__py=program)] == [("aspectRatio", "certain")]


def test_the_official_client_of_scripts() -> None:
    client = 'import { Krea } from "@krea-ai/sdk";\nconst krea = new Krea({ apiKey });\n'
    options = '{ input: { prompt: "x", aspectRatio: "1:1" }, aspectRatio: 1 }'
    call = f'await krea.subscribe("video/kling/kling-2.6", {options});\n'
    (finding,) = findings("KREA101", a__ts=client + call)
    assert (finding.start, str(finding.certainty)) == ((client + call).index("aspectRatio"), "certain")
    assert findings("KREA101", a__ts=client + call.replace("krea.sub", "bus.sub")) == []
