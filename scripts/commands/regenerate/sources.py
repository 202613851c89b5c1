"""Reads the YAML of spec/ and knows on which line everything stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError

from .certain_yaml import Uncertain, certain_value
from .problems import GenerationFailed

Address = tuple[str | int, ...]
# Without libyaml the same, slower.
_read_1_1 = partial(yaml.load, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


_FILES_KEPT = 1024  # more than spec/ has


@lru_cache(_FILES_KEPT)
def _certain_reading(text: str) -> dict[str, Any]:
    """Return what every reader sees in the text, twenty times as fast as `_both_readings`. Callers must not change it.

    Raises Uncertain where readers may disagree or complain.
    """
    value = certain_value(text)
    if not isinstance(value, dict):
        raise Uncertain(type(value).__name__)
    return value


@lru_cache(_FILES_KEPT)
def _both_readings(text: str) -> tuple[Any, Any]:
    """Return what a YAML 1.2 and a YAML 1.1 reader see in the text. Callers must not change it."""
    return YAML(typ="safe", pure=True).load(text), _read_1_1(text)


@lru_cache(_FILES_KEPT)
def _with_lines(text: str) -> Any:
    """Return the text's value with the line of everything in it. Callers must not change it."""
    return YAML(typ="rt", pure=True).load(text)


@dataclass(frozen=True)
class SourceFile:
    """One YAML file of spec/: its text, and the JSON value that YAML 1.1 and 1.2 readers agree on."""

    name: str
    text: str

    @cached_property
    def value(self) -> dict[str, Any]:
        """The file as JSON.

        Raises GenerationFailed with the line for anything that JSON does not have, or that a YAML 1.1 reader would see
        otherwise (an unquoted ratio, date or yes).
        """
        try:
            return deepcopy(_certain_reading(self.text))
        except Uncertain:
            pass
        try:
            new, old = _both_readings(self.text)
        except (MarkedYAMLError, yaml.MarkedYAMLError) as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            raise GenerationFailed([f"{self.name}:{line}: not YAML: {error.problem or error.context}"]) from error
        except ValueError as error:
            raise GenerationFailed(
                [f"{self.name}:1: holds something like a date that is none ({error}); quote it"]
            ) from error
        if not isinstance(new, dict):
            raise GenerationFailed([f"{self.name}:1: must hold a mapping, holds {type(new).__name__}"])
        if bad := list(_ambiguous(new, old, ())):
            raise GenerationFailed(f"{self.at(address)}: {shown(address)}: {complaint}" for address, complaint in bad)
        return deepcopy(new)

    def at(self, address: Sequence[str | int]) -> str:
        """Return `file:line` of an address, or of its nearest parent that exists."""
        node: Any = _with_lines(self.text)
        line = 0
        for step in address:
            try:
                line = (node.lc.key if isinstance(node, CommentedMap) else node.lc.item)(step)[0]
                node = node[step]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return f"{self.name}:{line + 1}"


def shown(address: Sequence[str | int]) -> str:
    """Return an address for people: `paths[/jobs].get.parameters[0]`."""
    text = ""
    for step in address:
        if isinstance(step, int) or not step.replace("_", "").replace("-", "").isalnum():
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text or "the document"


def read_folder(spec: Path) -> dict[str, SourceFile]:
    """Read openapi.yaml and every .yaml file under shared/ and operations/, sorted by name."""
    files = [spec / "openapi.yaml"]
    for folder in ("shared", "operations"):
        files += sorted((spec / folder).rglob("*.yaml"))
    if not files[0].is_file():
        raise GenerationFailed([f"{spec.name}/openapi.yaml: there is no such file; every specification starts there"])
    sources = (
        SourceFile(f"{spec.name}/{path.relative_to(spec).as_posix()}", path.read_text("utf-8")) for path in files
    )
    return {source.name: source for source in sources}


def _ambiguous(new: Any, old: Any, address: Address) -> Iterator[tuple[Address, str]]:
    if isinstance(new, dict) and isinstance(old, dict):
        for key, value in new.items():
            if not isinstance(key, str):
                yield address, f"the key {key} is not a string; quote it"
            elif key not in old:
                yield address, f"YAML 1.1 readers see the key {key!r} otherwise; quote it"
            else:
                yield from _ambiguous(value, old[key], (*address, key))
    elif isinstance(new, list) and isinstance(old, list):
        for index, (new_item, old_item) in enumerate(zip(new, old, strict=True)):
            yield from _ambiguous(new_item, old_item, (*address, index))
    elif not isinstance(new, str | int | float | None):
        yield address, f"{new} is a {type(new).__name__}, which JSON does not have; quote it"
    elif type(new) is not type(old) or new != old:
        yield address, f"YAML 1.1 readers see {old!r} where 1.2 has {new!r}; quote it"
