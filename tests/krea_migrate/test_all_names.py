"""Every row of the tables with a target that lives, in every language."""

from __future__ import annotations

import pytest

from krea_migrate import names

from .looking import written

ROWS = [
    (path, alias.old, alias.new)
    for path, operation in names.table().by_path.items()
    for alias in operation.aliases.values()
    if alias.new in operation.fields
]
PROGRAMS = {
    "a__py": "import requests\n{calls}",
    "a__js": "{calls}",
    "a__sh": "{calls}",
    "a__json": "[{calls}null]",
    "a__yaml": "{calls}",
}
CALLS = {
    "a__py": 'requests.post("https://api.krea.ai{path}", json={{"prompt": "x", "{name}": y}})\n',
    "a__js": "fetch('https://api.krea.ai{path}', {{ method: 'POST', body: JSON.stringify({{ prompt, {name}: y }}) }});\n",
    "a__sh": 'curl https://api.krea.ai{path} -d \'{{"prompt": "x", "{name}": 1}}\'\n',
    "a__json": '{{"url": "https://api.krea.ai{path}", "body": {{"prompt": "x", "{name}": 1}}}},\n',
    "a__yaml": "- endpoint: {path}\n  body: {{prompt: x, {name}: 1}}\n",
}


@pytest.mark.parametrize("kind", CALLS)
def test_it_is_renamed(kind: str) -> None:
    def program(column: int) -> str:
        return PROGRAMS[kind].replace(
            "{calls}", "".join(CALLS[kind].format(path=row[0], name=row[column]) for row in ROWS)
        )

    assert len(ROWS) > 100
    assert written(**{kind: program(1)}) == program(2)
