"""Each row of each table about libraries has a program in which it matters; a row without one fails, and so does one that is gone.

In a program BODY and URL stand for a body with a deprecated name and an address of the API, OBJECT for the same body in a script. With the
row the name is found, and is at least likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from krea_migrate.flow import higher_order, http_clients, known_functions, message_passing

from .looking import URL, findings

BODY = '{"prompt": "a fox", "aspectRatio": "1:1"}'
OBJECT = '{ prompt: "a fox", aspectRatio: "1:1" }'
POST = "import requests\n\n\ndef send(body):\n    return requests.post(URL, json=body)\n\n\n"
FETCH = "const send = (body) => fetch(URL, { method: 'POST', body: JSON.stringify(body) });\n"


def py(text: str) -> tuple[str, str]:
    return "main__py", text


def js(text: str) -> tuple[str, str]:
    return "main__mjs", text


def data(expression: str, imported: str = "") -> tuple[str, str]:
    """Return a program of Python that sends what an expression gives."""
    return py(f"import requests\n{imported}\nrequests.post(URL, data={expression})\n")


def address(expression: str, imported: str = "") -> tuple[str, str]:
    """Return the same to the address that an expression gives."""
    return py(f"import requests\n{imported}\nrequests.post({expression}, json=BODY)\n")


def body(expression: str, imported: str = "") -> tuple[str, str]:
    """Return a script that sends what an expression gives."""
    return js(f"{imported}\nfetch(URL, {{ method: 'POST', body: JSON.stringify({expression}) }});\n")


def to(expression: str) -> tuple[str, str]:
    """Return a script that sends to the address that an expression gives."""
    return js(f"fetch({expression}, {{ method: 'POST', body: JSON.stringify(OBJECT) }});\n")


def keys(expression: str) -> tuple[str, str]:
    """Return a program that sets the keys of a body that an expression gives."""
    loop = f'for key in {expression}:\n    body[key] = "1:1"\n'
    return py(f"import requests\n\nbody = {{}}\n{loop}requests.post(URL, json=body)\n")


def model(value: str) -> tuple[str, str]:
    """Return a program that turns an instance into a body."""
    fields = "@dataclass\nclass Request:\n    prompt: str\n    aspectRatio: str\n\n\n"
    imports = "import dataclasses\nfrom dataclasses import dataclass\n\nimport requests\n\n\n"
    return py(f'{imports}{fields}request = Request("a fox", "1:1")\nrequests.post(URL, json={value})\n')


SAME_OBJECT = {
    "dumps": data("json.dumps(BODY)", "import json"),
    "stringify": js("fetch(URL, { method: 'POST', body: JSON.stringify(OBJECT) });\n"),
    "encode": data("json.dumps(BODY).encode()", "import json"),
    "bytes": data('bytes(json.dumps(BODY), "utf-8")', "import json"),
    "cast": data("json.dumps(cast(dict, BODY))", "import json\nfrom typing import cast"),
    "freeze": body("Object.freeze(OBJECT)"),
    "seal": body("Object.seal(OBJECT)"),
    "from": js("fetch(URL, { method: 'POST', body: Buffer.from(JSON.stringify(OBJECT)) });\n"),
    "str": address("str(URL)"),
    "String": to("String(URL)"),
    "tuple": keys('tuple(["aspectRatio"])'),
    "list": keys('list(("aspectRatio",))'),
    "set": keys('set(["aspectRatio"])'),
    "frozenset": keys('frozenset(["aspectRatio"])'),
    "sorted": keys('sorted(["aspectRatio"])'),
    "reversed": keys('reversed(["aspectRatio"])'),
    "strip": address("URL.strip()"),
    "rstrip": address('URL.rstrip("/")'),
    "lstrip": address("URL.lstrip()"),
    "trim": to("URL.trim()"),
    "toString": to("new URL(URL).toString()"),
    "URL": to("new URL(URL)"),
    "yarl.URL": address("yarl.URL(URL)", "import yarl"),
    "Template": address("Template(URL).substitute()", "from string import Template"),
    "sanitize": body("sanitize(OBJECT)", "import { sanitize } from 'vendor';"),
    "StringIO": data("StringIO(json.dumps(BODY))", "import json\nfrom io import StringIO"),
    "BytesIO": data("BytesIO(json.dumps(BODY).encode())", "import json\nfrom io import BytesIO"),
    "Buffer": js("fetch(URL, { method: 'POST', body: new Buffer(JSON.stringify(OBJECT)) });\n"),
    "get_secret_value": address("SecretStr(URL).get_secret_value()", "from pydantic import SecretStr"),
    "geturl": address("urlsplit(URL).geturl()", "from urllib.parse import urlsplit"),
    "human_repr": address("yarl.URL(URL).human_repr()", "import yarl"),
    "SecretStr": address("SecretStr(URL).get_secret_value()", "from pydantic import SecretStr"),
    "keys": keys('{"aspectRatio": 1}.keys()'),
    "replace": address('(URL + "#").replace("#", "")'),
    "literal": data("json.dumps(literal(BODY))", "import json\nfrom vendor import literal"),
    "quote": address("quote(URL)", "from urllib.parse import quote"),
    "encodeURI": to("encodeURI(URL)"),
    "Path": py(
        'import json, requests\nfrom pathlib import Path\n\nPath("body.json").write_text("")\n'
        "requests.post(str(Path(URL)), json=BODY)\n"
    ),
    "parse_obj_as": data("json.dumps(parse_obj_as(dict, BODY))", "import json\nfrom pydantic import parse_obj_as"),
    "JSONPayload": py(
        "import aiohttp\nfrom aiohttp.payload import JsonPayload as J\nfrom vendor import JSONPayload\n\n\n"
        "async def send(session: aiohttp.ClientSession):\n    await session.post(URL, data=JSONPayload(BODY))\n"
    ),
    "JSONBody": data("JSONBody(BODY)", "from vendor import JSONBody"),
    "as_const": data("json.dumps(as_const(BODY))", "import json\nfrom vendor import as_const"),
    "asConst": body("asConst(OBJECT)", "import { asConst } from 'vendor';"),
    "urlsplit": address("urlsplit(URL).geturl()", "from urllib.parse import urlsplit"),
    "urlparse": address('"https://" + urlparse(URL).netloc + urlparse(URL).path', "from urllib.parse import urlparse"),
    **{
        name: body(f"{name}(OBJECT)", f"import {{ {name} }} from 'vue';")
        for name in sorted(known_functions.STATES - {"$state"})
    },
    "$state": body("$state(OBJECT)"),
}
COPIES = {
    "dict": data("json.dumps(dict(BODY))", "import json"),
    "copy": data("json.dumps(BODY.copy())", "import json"),
    "deepcopy": data("json.dumps(deepcopy(BODY))", "import json\nfrom copy import deepcopy"),
    "asdict": model("dataclasses.asdict(request)"),
    "vars": model("vars(request)"),
    "locals": py(f"{POST}def make(prompt, aspectRatio):\n    return send(locals())\n"),
    "model_dump": model("request.model_dump()"),
    "model_dump_json": model("request.model_dump_json()"),
    "to_dict": model("request.to_dict()"),
    "OrderedDict": data("json.dumps(OrderedDict(BODY))", "import json\nfrom collections import OrderedDict"),
    "ChainMap": data("json.dumps(dict(ChainMap(BODY)))", "import json\nfrom collections import ChainMap"),
    "structuredClone": body("structuredClone(OBJECT)"),
    "cloneDeep": body("cloneDeep(OBJECT)", "import { cloneDeep } from 'lodash';"),
    "clone": body("_.clone(OBJECT)", "import _ from 'lodash';"),
    "assign": body("Object.assign({}, OBJECT)"),
    "fromEntries": body("Object.fromEntries(Object.entries(OBJECT).filter(([, value]) => value))"),
    "filter": body("Object.fromEntries(Object.entries(OBJECT).filter(([, value]) => value))"),
    "omitBy": body("_.omitBy(OBJECT, _.isNil)", "import _ from 'lodash';"),
    "pickBy": body("_.pickBy(OBJECT)", "import _ from 'lodash';"),
    "omit": body("_.omit(OBJECT, 'seed')", "import _ from 'lodash';"),
    "pick": body("_.pick(OBJECT, KEYS)", "import _ from 'lodash';\nimport { KEYS } from './keys';"),
    "json": model("request.json()"),
    "merge": body("_.merge({}, OBJECT)", "import _ from 'lodash';"),
    "toJSON": body("reactive(OBJECT).toJSON()", "import { reactive } from 'vue';"),
    "entries": body("Object.fromEntries(Object.entries(OBJECT))"),
    "items": data("json.dumps(dict(BODY.items()))", "import json"),
    "exclude_none": data("json.dumps(exclude_none(BODY))", "import json\nfrom vendor import exclude_none"),
    "drop_none": data("json.dumps(drop_none(BODY))", "import json\nfrom vendor import drop_none"),
    "astuple": data("json.dumps(dict(astuple(BODY)))", "import json\nfrom vendor import astuple"),
    "unstructure": model("cattrs.unstructure(request)"),
    "jsonable_encoder": model("jsonable_encoder(request)"),
    "to_builtins": model("msgspec.to_builtins(request)"),
    "dump_python": model("adapter.dump_python(request)"),
    "dump_json": model("adapter.dump_json(request)"),
    "_asdict": py(
        "from typing import NamedTuple\nimport requests\n\n\nclass Request(NamedTuple):\n    prompt: str\n    aspectRatio: str\n\n\n"
        'requests.post(URL, json=Request("a fox", "1:1")._asdict())\n'
    ),
}
ALTERED = {
    "_replace": model('request._replace(prompt="an owl").model_dump()'),
    "replace": model('dataclasses.asdict(dataclasses.replace(request, prompt="an owl"))'),
    "evolve": model('attrs.asdict(attrs.evolve(request, prompt="an owl"))'),
    "model_copy": model("request.model_copy().model_dump()"),
}
READS = {
    "get": address('URLS.get("fox")', 'URLS = {"fox": URL}'),
    "pop": address('URLS.pop("fox")', 'URLS = {"fox": URL}'),
    "getenv": address('os.getenv("KREA_URL", URL)', "import os"),
}
ENVIRONMENT = {
    name: address(f'{name}("ADDRESS", URL)', "import os\nfrom os import environ, getenv")
    for name in known_functions.ENVIRONMENT
}
TEXTS = {
    "format": address('"{}".format(URL)'),
    "%": address('"%s" % URL'),
    "join": address('"/".join([BASE, PATH])', f'BASE = "{URL[:19]}"\nPATH = "{URL[20:]}"'),
    "urljoin": address(
        "urljoin(BASE, PATH)", f'from urllib.parse import urljoin\n\nBASE = "{URL[:19]}"\nPATH = "{URL[20:]}"'
    ),
    **{
        name: address(
            f'Template(TEMPLATE).{name}(kind="image")',
            f'from string import Template\n\nTEMPLATE = "{URL.replace("image", "$kind")}"',
        )
        for name in ("substitute", "safe_substitute")
    },
    "removesuffix": address('URL.removesuffix("/")'),
    "removeprefix": address('URL.removeprefix(" ")'),
    "concat": to(f'"{URL[:19]}".concat("{URL[19:]}")'),
    "replace": address('TEMPLATE.replace("{kind}", "image")', 'TEMPLATE = "' + URL.replace("image", "{kind}") + '"'),
}
CALLERS = {
    **{
        name: py(f"{POST}import library\n\nlibrary.{name}(send, BODY)\n")
        for name in higher_order.CALLERS - {"withRetry", "pRetry", "deferToThread"}
    },
    "run_in_executor": py(f"{POST}import asyncio\n\nasyncio.get_event_loop().run_in_executor(None, send, BODY)\n"),
    "enqueue_in": py(f"{POST}import library\n\nlibrary.enqueue_in(60, send, BODY)\n"),
    "enqueue_at": py(f"{POST}import library\n\nlibrary.enqueue_at(60, send, BODY)\n"),
    "call_later": py(f"{POST}import library\n\nlibrary.call_later(60, send, BODY)\n"),
    "deferToThread": py(f"{POST}from twisted.internet.threads import deferToThread\n\ndeferToThread(send, BODY)\n"),
    "withRetry": js(f"{FETCH}import {{ withRetry }} from 'library';\nwithRetry(send, OBJECT);\n"),
    "pRetry": js(f"{FETCH}import pRetry from 'p-retry';\npRetry(send, OBJECT);\n"),
}
PACKED = {
    name: py(f"{POST}import library\n\nlibrary.{name}(send, [BODY])\n")
    for name in higher_order.PACKED - {"Thread", "Process", "Timer"}
} | {
    "Thread": py(f"{POST}import threading\n\nthreading.Thread(target=send, args=(BODY,)).start()\n"),
    "Process": py(f"{POST}import multiprocessing\n\nmultiprocessing.Process(target=send, args=(BODY,)).start()\n"),
    "Timer": py(f"{POST}import threading\n\nthreading.Timer(5, send, [BODY]).start()\n"),
}
EACH_ITEM = {name: py(f"{POST}import library\n\nlibrary.{name}(send, [BODY])\n") for name in higher_order.EACH}
STARRED = {name: py(f"{POST}import library\n\nlibrary.{name}(send, [(BODY,)])\n") for name in higher_order.STARRED}
DELAYED = {name: py(f"{POST}send.{name}(BODY)\n") for name in higher_order.DELAYED}
DELAYED_PACKED = {name: py(f"{POST}send.{name}(args=(BODY,))\n") for name in higher_order.DELAYED_PACKED}
EXPANDED = {"expand": py(f"{POST}send.expand(body=[BODY])\n")}
AROUND = {
    name: js(f"{FETCH}import {{ {name} }} from 'library';\nconst wrapped = {name}(send);\nwrapped(OBJECT);\n")
    for name in higher_order.AROUND - {"bind"}
} | {"bind": js(f"{FETCH}const bound = send.bind(null);\nbound(OBJECT);\n")}
BY_NAME = {
    "send_task": py(f'{POST}import celery\n\ncelery.send_task("tasks.send", args=[BODY])\n'),
    "enqueue_job": py(
        "import requests\n\n\nasync def render(context, body):\n    requests.post(URL, json=body)\n\n\n"
        'async def main(pool):\n    await pool.enqueue_job("render", BODY)\n'
    ),
    "enqueue": py(f'{POST}import rq\n\nrq.Queue().enqueue("tasks.send", BODY)\n'),
    "async_task": py(f'{POST}from django_q.tasks import async_task\n\nasync_task("tasks.send", BODY)\n'),
}
NEEDS_QUEUE = "import { queue } from 'library';\n"
LISTENS = {
    name: js(
        f"{NEEDS_QUEUE}{FETCH}queue.{name}('render', (job) => send(job.data));\nqueue.emit('render', {{ data: OBJECT }});\n"
    )
    for name in message_passing.LISTENS
} | {
    "handle": js(
        f"{NEEDS_QUEUE}{FETCH}queue.handle('render', (event, body) => send(body));\nqueue.invoke('render', OBJECT);\n"
    ),
    **{
        name: js(
            f"{NEEDS_QUEUE}{FETCH}queue.{name}('render', (job) => send(job.data));\nqueue.emit('render', OBJECT);\n"
        )
        for name in ("define", "work", "consume", "addEventListener")
    },
    "createFunction": js(
        f"import {{ inngest }} from 'library';\n{FETCH}"
        "inngest.createFunction({ id: 'a' }, { event: 'render' }, ({ event }) => send(event.data));\n"
        "inngest.send({ name: 'render', data: OBJECT });\n"
    ),
}
TELLS = {
    name: js(
        f"import {{ bus }} from 'library';\n{FETCH}bus.on('render', (body) => send(body));\nbus.{name}('render', OBJECT);\n"
    )
    for name in message_passing.TELLS
} | {
    name: js(
        f"import {{ bus }} from 'library';\n{FETCH}bus.on('render', (body) => send(body));\nbus.{name}('1 hour', 'render', OBJECT);\n"
    )
    for name in ("schedule", "every")
}
TRIGGERS = {
    name: js(
        f"import {{ task }} from 'library';\n{FETCH}const render = task({{ id: 'render', run: async (body) => send(body) }});\n"
        f"render.{name}(OBJECT);\n"
    )
    for name in message_passing.TRIGGERS
}
SENDS = {
    **{name: py(f"import requests\n\nrequests.{name}(URL, json=BODY)\n") for name in ("post", "stream", "curl")},
    "request": py('import requests\n\nrequests.request("POST", URL, json=BODY)\n'),
    "urlopen": py("import json\nfrom urllib.request import urlopen\n\nurlopen(URL, data=json.dumps(BODY).encode())\n"),
    "Request": py(
        "import json\nfrom urllib.request import Request, urlopen\n\nurlopen(Request(URL, data=json.dumps(BODY).encode()))\n"
    ),
    "build_request": py(
        'import httpx\n\nclient = httpx.Client()\nclient.send(client.build_request("POST", URL, json=BODY))\n'
    ),
    "fetch": js("fetch(URL, { method: 'POST', body: JSON.stringify(OBJECT) });\n"),
    "needle": js("import needle from 'needle';\nneedle('post', URL, OBJECT, { json: true });\n"),
    "ajax": js("$.ajax({ url: URL, method: 'POST', data: JSON.stringify(OBJECT) });\n"),
    "axios": js("import axios from 'axios';\naxios({ method: 'post', url: URL, data: OBJECT });\n"),
    "got": js("import got from 'got';\ngot(URL, { method: 'POST', json: OBJECT });\n"),
    "ky": js("import ky from 'ky';\nky(URL, { method: 'POST', json: OBJECT });\n"),
    "$fetch": js("$fetch(URL, { method: 'POST', body: OBJECT });\n"),
    "ofetch": js("import { ofetch } from 'ofetch';\nofetch(URL, { method: 'POST', body: OBJECT });\n"),
    "superagent": js("import superagent from 'superagent';\nsuperagent('POST', URL).send(OBJECT);\n"),
    "write": js(
        "import https from 'https';\nconst request = https.request(URL, { method: 'POST' });\n"
        "request.write(JSON.stringify(OBJECT));\nrequest.end();\n"
    ),
    "end": js("import https from 'https';\nhttps.request(URL, { method: 'POST' }).end(JSON.stringify(OBJECT));\n"),
}
MAY_SEND = {name: py(f"import vendor\n\nvendor.{name}_something(URL, BODY)\n") for name in http_clients.MAY_SEND}
LATER = {
    "write": SENDS["write"],
    "end": SENDS["end"],
    "send": js("import superagent from 'superagent';\nsuperagent.post(URL).send(OBJECT);\n"),
}
OPTIONS_ONLY = {
    **{name: SENDS[name] for name in ("fetch", "$fetch", "ofetch", "got", "ky", "axios")},
    "Request": js("fetch(new Request(URL, { method: 'POST', body: JSON.stringify(OBJECT) }));\n"),
}
MAKES_CLIENT = {
    "create": js(
        "import axios from 'axios';\nconst http = axios.create({ baseURL: HOST });\nhttp.post(PATH, OBJECT);\n"
    ),
    "extend": js(
        "import got from 'got';\nconst http = got.extend({ prefixUrl: HOST });\nhttp.post(PATH, { json: OBJECT });\n"
    ),
    "defaults": js(
        "import request from 'request';\nconst http = request.defaults({ baseUrl: HOST });\n"
        "http.post(URL, { json: OBJECT });\n"
    ),
}
BODIES = {name: py(f"import vendor\n\nvendor.post(URL, {name}=BODY)\n") for name in http_clients.BODIES}
ADDRESSES = {name: py(f"import vendor\n\nvendor.post({name}=URL, json=BODY)\n") for name in http_clients.ADDRESSES}
BASES = {
    "base_url": py("import httpx\n\nhttpx.Client(base_url=HOST).post(PATH, json=BODY)\n"),
    "host": py("import vendor\n\nvendor.Client(host=HOST).post(PATH, json=BODY)\n"),
    "baseURL": MAKES_CLIENT["create"],
    "prefixUrl": MAKES_CLIENT["extend"],
}
OPTION_SETTERS = {
    "setopt": py(
        "import json\nimport pycurl\n\nhandle = pycurl.Curl()\nhandle.setopt(pycurl.URL, URL)\n"
        "handle.setopt(pycurl.POSTFIELDS, json.dumps(BODY))\nhandle.perform()\n"
    )
}
LOADS: dict[str, tuple[str, str]] = {
    **{
        name: py(f"import json\nimport requests\n\nrequests.post(URL, json=json.load({name}('body.json')))\n")
        for name in ("open",)
    },
    "load": py("import json\nimport requests\n\nrequests.post(URL, json=json.load(open('body.json')))\n"),
    "loads": py("import json\nimport requests\n\nrequests.post(URL, json=json.loads(open('body.json').read()))\n"),
    "read": py("import json\nimport requests\n\nrequests.post(URL, json=json.loads(open('body.json').read()))\n"),
    "read_text": py(
        "import json\nfrom pathlib import Path\nimport requests\n\nrequests.post(URL, json=json.loads(Path('body.json').read_text()))\n"
    ),
    "read_bytes": py(
        "import json\nfrom pathlib import Path\nimport requests\n\nrequests.post(URL, data=Path('body.json').read_bytes())\n"
    ),
    **{
        name: py(f"import yaml\nimport requests\n\nrequests.post(URL, json=yaml.{name}(open('body.json')))\n")
        for name in ("safe_load", "full_load")
    },
    **{
        name: py(
            f"import yaml\nimport requests\n\nfor body in yaml.{name}(open('body.json')):\n    requests.post(URL, json=body)\n"
        )
        for name in ("load_all", "safe_load_all")
    },
    **{
        name: js(
            f"import fs from 'fs';\nconst body = JSON.parse(fs.{name}('body.json'));\n"
            "fetch(URL, { method: 'POST', body: JSON.stringify(body) });\n"
        )
        for name in ("readFileSync", "readFile")
    },
    "parse": js(
        "import fs from 'fs';\nconst body = JSON.parse(fs.readFileSync('body.json'));\n"
        "fetch(URL, { method: 'POST', body: JSON.stringify(body) });\n"
    ),
    "file": js("fetch(URL, { method: 'POST', body: await Bun.file('body.json').json() });\n"),
    "require": ("main__cjs", "fetch(URL, { method: 'POST', body: JSON.stringify(require('./body.json')) });\n"),
}
TABLES: dict[str, tuple[Iterable[str], dict[str, tuple[str, str]]]] = {
    "known_functions.SAME": (known_functions.SAME, SAME_OBJECT),
    "known_functions.COPIES": (known_functions.COPIES, COPIES),
    "known_functions.ALTERED": (known_functions.ALTERED, ALTERED),
    "known_functions.READS": (known_functions.READS, READS),
    "known_functions.ENVIRONMENT": (known_functions.ENVIRONMENT, ENVIRONMENT),
    "known_functions.TEXTS": (known_functions.TEXTS, TEXTS),
    "known_functions.SAME_IN_FULL": (
        known_functions.SAME_IN_FULL,
        {"Promise.resolve": js(f"{FETCH}Promise.resolve(OBJECT).then(send);\n")},
    ),
    "known_functions.SECOND": (known_functions.SECOND, {name: SAME_OBJECT[name] for name in ("cast", "parse_obj_as")}),
    "known_functions.LOADS": (known_functions.LOADS, LOADS),
    "higher_order.CALLERS": (higher_order.CALLERS, CALLERS),
    "higher_order.PACKED": (higher_order.PACKED, PACKED),
    "higher_order.EACH": (higher_order.EACH, EACH_ITEM),
    "higher_order.STARRED": (higher_order.STARRED, STARRED),
    "higher_order.DELAYED": (higher_order.DELAYED, DELAYED),
    "higher_order.DELAYED_PACKED": (higher_order.DELAYED_PACKED, DELAYED_PACKED),
    "higher_order.EXPANDED": (higher_order.EXPANDED, EXPANDED),
    "higher_order.AROUND": (higher_order.AROUND, AROUND),
    "higher_order.BY_NAME": (higher_order.BY_NAME, BY_NAME),
    "message_passing.LISTENS": (message_passing.LISTENS, LISTENS),
    "message_passing.TELLS": (message_passing.TELLS, TELLS),
    "message_passing.TRIGGERS": (message_passing.TRIGGERS, TRIGGERS),
    "http_clients.SENDS": (http_clients.SENDS, SENDS),
    "http_clients.MAY_SEND": (http_clients.MAY_SEND, MAY_SEND),
    "http_clients.LATER": (http_clients.LATER, LATER),
    "http_clients.OPTIONS_ONLY": (http_clients.OPTIONS_ONLY, OPTIONS_ONLY),
    "http_clients.MAKES_CLIENT": (http_clients.MAKES_CLIENT, MAKES_CLIENT),
    "http_clients.BODIES": (http_clients.BODIES, BODIES),
    "http_clients.ADDRESSES": (http_clients.ADDRESSES, ADDRESSES),
    "http_clients.BASES": (http_clients.BASES, BASES),
    "http_clients.OPTION_SETTERS": (http_clients.OPTION_SETTERS, OPTION_SETTERS),
}
# Shown only: the name of a variable becomes the key, and each document of a file is looked at by itself.
UNSURE = {
    ("known_functions.COPIES", "locals"),
    ("known_functions.LOADS", "load_all"),
    ("known_functions.LOADS", "safe_load_all"),
}
PROGRAMS = [(table, row) for table, (_, programs) in TABLES.items() for row in sorted(programs)]


@pytest.mark.parametrize("table", TABLES)
def test_each_row_has_a_program(table: str) -> None:
    rows, programs = TABLES[table]
    assert set(programs) == set(rows)


@pytest.mark.parametrize(("table", "row"), PROGRAMS, ids=[f"{table} {row}" for table, row in PROGRAMS])
def test_a_row(table: str, row: str) -> None:
    file, text = TABLES[table][1][row]
    quoted = {"URL": f'"{URL}"', "HOST": f'"{URL[:19]}"', "PATH": f'"{URL[19:]}"', "BODY": BODY, "OBJECT": OBJECT}
    for name, replacement in quoted.items():
        text = _replaced(text, name, replacement)
    files = {file: text} | ({"body__json": BODY} if "body.json" in text else {})
    rules = "KREA303" if (table, row) in UNSURE else "KREA1"
    rated_names = {(row.old, str(row.certainty)) for row in findings(rules, **files)}
    expected = ["unsure"] if (table, row) in UNSURE else ["certain", "likely"]
    assert rated_names in [{("aspectRatio", certainty)} for certainty in expected], text


def _replaced(text: str, name: str, replacement: str) -> str:
    return re.sub(rf"(?<![\w.\"'])(?<!new )(?<!curl\.){name}(?![\w(\"'=])", lambda _: replacement, text)
