"""The long description of the distribution, made from README.md when a wheel or sdist is built (hatchling calls this file).

README.md links to files of the repository. A package index does not have them, so links become absolute if pyproject.toml has the address
of the repository (`[project.urls] Source`), and plain text otherwise.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

IMAGE = re.compile(r"!\[[^\]]*\]\((?!https?://)(?P<target>[^)\s]+)\)\n+(?:\*[^*\n]+\*\n+)?")  # with its caption
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]+)\]\((?!https?://|#)(?P<target>[^)\s]+)\)")


class CustomMetadataHook(MetadataHookInterface):
    """Sets the field `readme`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the long description to the metadata of the project."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        source = metadata.get("urls", {}).get("Source")
        metadata["readme"] = {"content-type": "text/markdown", "text": long_description(text, source)}


def long_description(text: str, source: str | None) -> str:
    """Return Markdown without relative links; `source` is the address of the repository, if there is one."""
    if source is None:
        return LINK.sub(r"\g<text>", IMAGE.sub("", text))
    return re.sub(r"\]\((?!https?://|#)([^)\s]+)\)", rf"]({source.rstrip('/')}/blob/main/\1)", IMAGE.sub("", text))
