"""The output that a page shows under an example, compared with what the example prints; `--update-pages` writes it anew.

After a correct change of a fact, such as a price, `scripts/test tests/documentation tests/package tests/krea_client --update-pages` does it
(in one process: several would write one page at the same time).
"""

from pathlib import Path

import pytest


def update(page: Path, code: str, output: str, printed: str, config: pytest.Config) -> bool:
    """Put the output that was printed in the place of the one that is shown below the code; False without --update-pages."""
    if not config.getoption("--update-pages"):
        return False
    text = page.read_text("utf-8")
    start = text.index(output, text.index(code))
    page.write_text(text[:start] + printed.rstrip("\n") + "\n" + text[start + len(output) :], "utf-8")
    return True
