"""The extras that commands need, and what to say where one is missing."""

from __future__ import annotations

from importlib import import_module


class ExtraMissing(RuntimeError):
    """A command needs packages that are not installed; the message says how to get them."""


def missing_extra(extra: str, purpose: str) -> str:
    """Return one line that says which extra to install for what."""
    return f"{purpose} needs more packages; in a checkout of krea-client, run: pip install '.[{extra}]'"


def require(extra: str, purpose: str, *packages: str) -> None:
    """Import packages of an extra before anything has begun.

    Raises:
        ExtraMissing: one of them is not installed.
    """
    for name in packages:
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            raise ExtraMissing(missing_extra(extra, purpose)) from error
