"""The page of deprecations: each end with its day and what to use, wherever in the section they stand."""

import json
from pathlib import Path

import pytest

from docs_diff.__main__ import main
from docs_diff.deprecations import is_page, sunsets

ROOT = Path(__file__).resolve().parents[3]
PAGE = """# Deprecations

> Models that are deprecated, and how to migrate.

## Overview

Headers tell the end of a model. After it, the answer is 410:

```json
{"message": "The model 'video/acme/sample' was deprecated on 2020-01-01."}
```

## Active deprecations

### seedance-1.0-lite

Ended on April 27, 2026. Use `video/bytedance/seedance-1.0-pro-fast` instead.

### Sora 2

**Sunset:** 27 April 2026. The provider discontinued it.

### z-image

`image/z-image/z-image` ends on 2027-02-01; use `image/krea/krea-2/medium`.
"""
MODELS = ["video/bytedance/seedance-1.0-lite", "video/openai/sora-2", "image/z-image/z-image"]


def test_each_end_is_read_and_no_example() -> None:
    assert is_page(PAGE)
    assert [(sunset.model, sunset.day, sunset.replacement) for sunset in sunsets(PAGE, MODELS)] == [
        ("video/bytedance/seedance-1.0-lite", "2026-04-27", "video/bytedance/seedance-1.0-pro-fast"),
        ("video/openai/sora-2", "2026-04-27", None),
        ("image/z-image/z-image", "2027-02-01", "image/krea/krea-2/medium"),
    ]


def test_only_what_is_not_known_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "deprecations.md"
    page.write_text(PAGE, "utf-8")
    assert main([str(page), "--json"], ROOT) == 1
    (report,) = json.loads(capsys.readouterr().out)
    assert [(operation["operation"], operation["differences"][0]["says"]) for operation in report["different"]] == [
        ("POST /generate/image/z-image/z-image", "2027-02-01")
    ]
    text = report["different"][0]["differences"][0]["text"]
    assert '- { model: image/z-image/z-image, sunset: "2027-02-01", replacement: image/krea/krea-2/medium }' in text


def test_the_same_page_without_news_is_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "deprecations.md"
    page.write_text(PAGE.partition("### z-image")[0], "utf-8")
    assert main([str(page)], ROOT) == 0
    assert "same (2 operations)" in capsys.readouterr().out
