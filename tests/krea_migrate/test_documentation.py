"""Markdown beyond plain code blocks: quotations, sessions, indented code, tables and lists; docstrings of programs."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from krea_migrate.languages import markdown

from .looking import URL, findings, report, said, written

CALL = f'requests.post("{URL}", json={{"prompt": "a fox", "aspectRatio": "1:1"}})'
CURL = f"""curl {URL} -d '{{"prompt": "a fox", "aspectRatio": "1:1"}}'"""
CERTAIN = [("aspectRatio", "certain")]


@pytest.mark.parametrize(
    "text",
    [
        f"```pycon\n>>> import requests\n>>> {CALL}\n<Response [200]>\n```\n",
        f"```\n>>> import requests\n>>> {CALL}\n```\n",
        f"```python\n>>> import requests\n>>> if 1:\n...     {CALL}\n...\n```\n",
        f"- item\n\n  ```pycon\n  >>> import requests\n  >>> {CALL}\n  ```\n",
        f"> ```python\n> import requests\n>\n> {CALL}\n> ```\n",
        f"> > ```bash\n> > {CURL}\n> > ```\n",
        f"1. In a list:\n\n       {CURL}\n",
        f"Indented:\n\n    $ {CURL}\n\nMore.\n",
        f"Indented:\n\n\t>>> import requests\n\t>>> {CALL}\n",
        f"```console\n  $ {CURL}\n```\n",
    ],
)
def test_code_in_other_shapes_is_read(text: str) -> None:
    assert said(a__md=text) == CERTAIN
    assert written(a__md=text) == text.replace("aspectRatio", "aspect_ratio")


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_examples_in_docstrings_are_read(quotes: str) -> None:
    session = "    >>> body = {'aspectRatio': '1:1'}\n    >>> requests.post(URL, json=body)\n    <Response [200]>\n"
    text = f"import requests\n\nURL = '{URL}'\n\ndef f():\n    {quotes}Send.\n\n{session}    {quotes}\n"
    assert said(a__py=text) == CERTAIN
    assert written(a__py=text) == text.replace("aspectRatio", "aspect_ratio")


def test_a_block_in_a_language_that_is_not_read_is_reported() -> None:
    text = f'# Krea\n\n```kotlin\npost("{URL}") // imageUrls\n```\n\n```php\n["aspectRatio" => 1]\n```\n'
    text += "\n```css\n.x { aspectRatio: 1 }\n```\n"
    page_report = report(a__md=text)
    assert [(finding.rule, finding.old, finding.certainty) for finding in page_report.findings] == [
        ("KREA401", "imageUrls", "unsure"),
        ("KREA401", "aspectRatio", "unsure"),
    ]
    assert page_report.not_read == {"a.md"}


@pytest.mark.parametrize(
    "line",
    [
        "| `aspectRatio` | string |",
        "- `aspectRatio` (string): the shape",
        "* **aspectRatio**: the shape",
        "2. Set aspectRatio.",
        "> - aspectRatio",
        "`aspectRatio` (optional): the shape",
        "aspectRatio: the shape",
        "<td>aspectRatio</td>",
        "```\naspectRatio  (string)\n```",
    ],
)
def test_tables_and_lists_are_reported(line: str) -> None:
    text = f"# Krea fields\n\nAll of them:\n\n{line}\n"
    assert said(a__md=text) == [("aspectRatio", "unsure")]
    assert said(a__md=text.replace("Krea", "Other")) == []
    assert report(a__md=text).not_read == set()


@pytest.mark.parametrize(
    "line",
    [
        "| `aspectRatio` | `aspect_ratio` |",
        "The report has a column `aspectRatio`.",
        "- `image_url` is current",
        "- myaspectRatio",
    ],
)
def test_what_is_told_rightly_or_by_the_way_is_silent(line: str) -> None:
    assert said(a__md=f"# Krea fields\n\n{line}\n") == []


def test_texts_that_speak_of_krea_are_reported() -> None:
    text = 'def f():\n    """Send to Krea.\n\n    Args:\n        aspectRatio: the shape.\n    """\n'
    text += '\nOTHER = """Send to somebody else: aspectRatio."""\n# Krea\n'
    assert [(finding.rule, finding.old) for finding in findings(a__py=text)] == [("KREA402", "aspectRatio")]
    prompt = "export const TOOL = `Krea takes a prompt and\n aspectRatio as text`;\n"
    assert said("KREA402", a__js=prompt) == [("aspectRatio", "unsure")]


@pytest.mark.parametrize(
    "text",
    [
        "```python\na\n```\n\n~~~~js\nb\n~~~\n~~~~\n",
        "- a\n\n  ```sh\n  c\n  ```\n\n```\nopen",
        "````md\n```py\nx\n```\n````\n",
        "text ``` not a fence\n\n``` a`b\n\n```c++\nx\n```\n",
    ],
)
def test_fences_are_where_markdown_it_sees_them(text: str) -> None:
    tokens = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    spans = [
        (block.name.decode(), text.encode()[block.start : block.end].count(b"\n"))
        for block in markdown.blocks(text.encode())
    ]
    assert spans == [
        (token.info.split()[0].lower() if token.info else "", token.content.count("\n")) for token in tokens
    ]
