"""The check of built archives: it accepts good metadata and reports what a package index would reject or show badly."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

import distribution

ROOT = Path(__file__).resolve().parents[3]
WHEEL = "krea_client-0.1.0-py3-none-any.whl"
GOOD = """Metadata-Version: 2.4
Name: krea-client
Version: 0.1.0
Summary: A client
License-Expression: MIT
Requires-Python: >=3.11
Keywords: krea
Classifier: Typing :: Typed
Description-Content-Type: text/markdown

# A client

[Documentation](https://example.com/docs) and [install](#install).
"""


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_metadata", ROOT / "scripts" / "hatch_metadata.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_good_metadata_has_no_problems() -> None:
    assert distribution.problems(WHEEL, GOOD.encode()) == []


@pytest.mark.parametrize(
    ("line", "instead", "problem"),
    [
        ("Summary: A client\n", "", "summary is missing"),
        ("Typing :: Typed", "Typing :: Somewhat", "unknown classifier 'Typing :: Somewhat'"),
        ("Version: 0.1.0", "Version: 0.2.0", "holds krea-client 0.2.0"),
        ("https://example.com/docs", "docs/api.md", "links to 'docs/api.md'"),
        ("Requires-Python: >=3.11", "Requires-Python: three", "requires-python"),
    ],
)
def test_a_problem_is_reported(line: str, instead: str, problem: str) -> None:
    assert line in GOOD
    [message] = distribution.problems(WHEEL, GOOD.replace(line, instead).encode())
    assert problem in message


def test_the_long_description_has_no_relative_links(hook: ModuleType) -> None:
    text = hook.long_description((ROOT / "README.md").read_text("utf-8"), None)
    assert distribution.description_problems(text) == []
    assert "cathedral.jpg" not in text
    assert "[Krea API](https://docs.krea.ai)" in text


def test_with_an_address_of_the_repository_links_lead_there(hook: ModuleType) -> None:
    text = hook.long_description("See [the page](docs/api.md#krea), [here](#top).", "https://example.com/krea-client/")
    assert text == "See [the page](https://example.com/krea-client/blob/main/docs/api.md#krea), [here](#top)."
