"""Hooks of PyInstaller, which finds them by an entry point: frozen programs get the operation table and the modules imported late."""

from __future__ import annotations

from pathlib import Path


def hook_folders() -> list[str]:
    """Return the folders that hold hooks."""
    return [str(Path(__file__).parent)]
