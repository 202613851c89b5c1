"""Forms of programs that people seldom write: each of them is followed to the request all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from krea_migrate import engine
from krea_migrate.findings import Certainty

from .looking import URL, VIDEO, said, written

BODY = '{"prompt": "x", "aspectRatio": "1:1"}'
CLIP = "    prompt: str\n    aspectRatio: str\n"
SEND = 'export function send(url, body) { return fetch(url, { method: "POST", body: JSON.stringify(body) }) }\n'
JS_BODY = '{ prompt: "x", aspectRatio: "1:1" }'

PYTHON = {
    "a key of two bodies": f"""KEY = "aspectRatio"
first, second = {{"prompt": "x"}}, {{"prompt": "y"}}
first[KEY] = second[KEY] = "1:1"
requests.post("{URL}", json=first)
requests.post("{VIDEO}", json=second)
""",
    "an address that is divided": f"""from yarl import URL
requests.post(URL("https://api.krea.ai") / "generate/image" / "google/nano-banana-pro", json={BODY})
""",
    "an address that grows": f"""url = "https://api.krea.ai/generate/"
url += "image/google/nano-banana-pro"
requests.post(url, json={BODY})
""",
    "a generator": f"""def bodies():
    yield {BODY}
for body in bodies():
    requests.post("{URL}", json=body)
""",
    "a generator of another one": f"""def inner():
    yield {BODY}
def bodies():
    yield from inner()
for body in bodies():
    requests.post("{URL}", json=body)
""",
}
CLASSES = {
    "keywords that pass through": f"""from dataclasses import asdict, dataclass
@dataclass
class Clip:
{CLIP}
def make(**words):
    return Clip(**words)
requests.post("{URL}", json=asdict(make(prompt="x", aspectRatio="1:1")))
""",
    "a dict that is spread twice": f"""from dataclasses import asdict, dataclass
@dataclass
class Clip:
{CLIP}
usual = {{"aspectRatio": "1:1"}}
requests.post("{URL}", json=asdict(Clip(**{{"prompt": "x", **usual}})))
""",
    "a namedtuple of a list": f"""from collections import namedtuple
Clip = namedtuple("Clip", ["prompt", "aspectRatio"])
requests.post("{URL}", json=Clip("x", "1:1")._asdict())
""",
    "a dataclass that a call makes": f"""from dataclasses import asdict, make_dataclass
Clip = make_dataclass("Clip", [("prompt", str), ("aspectRatio", str)])
requests.post("{URL}", json=asdict(Clip("x", "1:1")))
""",
    "an alias of attrs, which is not written": f"""import attr
@attr.s(auto_attribs=True)
class Clip:
    prompt: str
    aspectRatio: str = attr.field(alias="ratio")
requests.post("{URL}", json=attr.asdict(Clip(prompt="x", ratio="1:1")))
""",
}
SHELL = {
    "options without a space": f"curl -XPOST '{URL}' -d'{BODY}'\n",
    "backticks": f"BODY=`echo '{BODY}'`\ncurl {URL} -d \"$BODY\"\n",
    "arithmetic": f'curl {URL} -d "{{\\"prompt\\": \\"$((1 + 1))\\", \\"aspectRatio\\": \\"1:1\\"}}"\n',
    "a subshell": f"(cd /tmp; curl {URL} -d '{BODY}')\n",
    "the word function": f"function send {{\n  curl {URL} -d \"$1\"\n}}\nsend '{BODY}'\n",
    "a raw body of HTTPie": f"http POST {URL} --raw='{BODY}'\n",
    "a body that HTTPie is fed": f"echo '{BODY}' | http POST {URL}\n",
    "a file that was moved": f"echo '{BODY}' > a.tmp\nmv a.tmp b.tmp\ncurl {URL} -d @b.tmp\n",
    "a variable that grows": f'BODY=\'{{"prompt": "x", \'\nBODY+=\'"aspectRatio": "1:1"}}\'\ncurl {URL} -d "$BODY"\n',
    "a variable that is set where it is read": f"curl \"${{ADDRESS:={URL}}}\" -d '{{}}'\ncurl \"$ADDRESS\" -d '{BODY}'\n",
    "a filter of letters": f"echo '{BODY}' | tr -d '\\n' | curl {URL} -d @-\n",
    "a key of jq in brackets": f'jq -n \'{{prompt: "x"}} | .["aspectRatio"] = "1:1"\' | curl {URL} -d @-\n',
    "elif of jq": f"jq -n 'if .a then {{prompt: .a, aspectRatio: 1}} elif .b then {{}} else {{}} end' | curl {URL} -d @-\n",
    "a computed key of jq": f'jq -n \'{{("a"): 1, prompt: "x", aspectRatio: "1:1"}}\' | curl {URL} -d @-\n',
    "a pipe in an object of jq": f"jq -n '{{prompt: .a | ascii_upcase, aspectRatio: \"1:1\"}}' | curl {URL} -d @-\n",
}
FILES: dict[str, dict[str, str]] = {
    "names that are passed on with a star": {
        "a.py": "import requests\nfrom b import *\nrequests.post(ADDRESS, json=BODY)\n",
        "b.py": f"from c import *\nBODY = {BODY}\n",
        "c.py": f'from b import *\nADDRESS = "{URL}"\n',
    },
    "a require with other names": {
        "a.js": f'const {{ send: give }} = require("./b")\ngive("{URL}", {JS_BODY})\n',
        "b.js": SEND.replace("export ", "") + "module.exports = { send }\n",
    },
    "an export with another name": {
        "a.js": f'import {{ give }} from "./b.js"\ngive("{URL}", {JS_BODY})\n',
        "b.js": SEND.replace("export ", "") + "export { send as give }\n",
    },
    "paths that a tsconfig takes from another": {
        "app/a.ts": f'import {{ send }} from "tools/http"\nsend("{URL}", {JS_BODY})\n',
        "app/tsconfig.json": '{"extends": "../tsconfig.common.json"}',
        "tsconfig.common.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"tools/*": ["packages/lib/*"]}}}',
        "packages/lib/http.ts": SEND,
    },
    "a package of the same tree": {
        "app/a.ts": f'import {{ send }} from "mylib"\nsend("{URL}", {JS_BODY})\n',
        "packages/lib/package.json": '{"name": "mylib", "main": "dist/index.js"}',
        "packages/lib/src/index.ts": SEND,
    },
    "a file of a package of the same tree": {
        "app/a.ts": f'import {{ send }} from "mylib/http"\nsend("{URL}", {JS_BODY})\n',
        "packages/lib/package.json": '{"name": "mylib", "main": "dist/index.js"}',
        "packages/lib/src/http.ts": SEND,
    },
    "a folder that Deno knows by another name": {
        "a.ts": f'import {{ send }} from "lib/http.ts"\nsend("{URL}", {JS_BODY})\n',
        "deno.json": '{"imports": {"lib/": "./source/lib/"}}',
        "source/lib/http.ts": SEND,
    },
    "files that find gives to a command": {
        "a.sh": f"find found -name '*.json' -exec curl {URL} -d @{{}} \\;\n",
        "found/b.json": BODY,
    },
    "files that parallel gives to a command": {"a.sh": f"parallel curl {URL} -d @{{}} ::: b.json\n", "b.json": BODY},
    "a file that wget sends": {"a.sh": f"wget --post-file=b.json {URL}\n", "b.json": BODY},
    "a member that jq sets by a text": {"a.sh": f'jq \'."prompt" = "y"\' b.json | curl {URL} -d @-\n', "b.json": BODY},
}


@pytest.mark.parametrize("program", PYTHON.values(), ids=PYTHON)
def test_python(program: str) -> None:
    assert written(a__py="import requests\n" + program) == "import requests\n" + program.replace(
        "aspectRatio", "aspect_ratio"
    )


@pytest.mark.parametrize("program", CLASSES.values(), ids=CLASSES)
def test_fields_of_classes(program: str) -> None:
    findings = said(a__py="import requests\n" + program)
    assert findings == [("aspectRatio", Certainty.CERTAIN)] * program.count("aspectRatio")


@pytest.mark.parametrize("program", SHELL.values(), ids=SHELL)
def test_shell(program: str) -> None:
    assert written(a__sh=program) == program.replace("aspectRatio", "aspect_ratio")


@pytest.mark.parametrize("files", FILES.values(), ids=FILES)
def test_files_together(files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8")
    (finding,) = engine.check(["."]).findings
    assert (finding.old, finding.certainty) == ("aspectRatio", Certainty.CERTAIN)


def test_a_body_that_also_goes_to_an_unknown_address_is_for_a_person() -> None:
    program = f"""import os, requests
body = {BODY}
requests.post("{URL}", json=body)
requests.post(os.environ["OTHER"], json=body)
"""
    assert said(a__py=program) == [("aspectRatio", Certainty.UNSURE)]
