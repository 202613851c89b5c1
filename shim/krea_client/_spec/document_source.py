"""Where the API's document comes from: the setting that names it, the folder in which a fetched one is stored, why one is not taken."""

from __future__ import annotations

import os
import sys
from pathlib import Path

DOCUMENT_NAME = "KREA_CLIENT_DOCUMENT"
LIVE, NO_DOCUMENT = "live", "off"
MOST_BYTES = 16 * 2**20  # of a document; the published one has 1.2 MB


class UnusableDocument(ValueError):
    """A document from which nothing is taken; the text is the reason, in one line."""


class UnsupportedModel(UnusableDocument):
    """A model that a document describes in a form that this version does not support; nothing else of the document suffers."""


def document_setting() -> str:
    """Return what the environment says: "live", "off", a path, or "" for nothing."""
    return os.environ.get(DOCUMENT_NAME, "").strip()


def cache_folder() -> Path:
    """Return the folder of the platform for caches, with this program's name below it.

    Raises:
        RuntimeError: there is no home folder.
    """
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "krea-client" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "krea-client"
    configured = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(configured) if Path(configured).is_absolute() else Path.home() / ".cache") / "krea-client"
