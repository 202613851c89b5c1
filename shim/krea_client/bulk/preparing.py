"""Convert a line of the input to a validated request with its price; translate and count deprecated names."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from krea_client import _json
from krea_client._request import text_values
from krea_client._request.build import AliasUse, PreparedRequest, SubmitOptions, TranslationRules, build_request
from krea_client._request.call_site import Site
from krea_client._spec.prices import Price, price_of
from krea_client.bulk.input_files import InputLine
from krea_client.errors import KreaError, Problem, RequestInvalid

MICRO = 1_000_000


class RequestDefaults(NamedTuple):
    """What holds for every item.

    Attributes:
        values: fields, and `model`, of the items that have none of their own; texts where they come from a command line.
        media: the folder that local files of the input may be in; None allows none, since the input may be somebody else's.
        check: False sends bodies unchecked.
    """

    values: Mapping[str, Any] = {}
    media: Path | None = None
    check: bool = True


NO_DEFAULTS = RequestDefaults()


class DeprecatedName(NamedTuple):
    """A deprecated field name in the input."""

    model: str
    old: str
    new: str


@dataclass
class Preparer:
    """Makes requests of lines.

    Attributes:
        rules: how deprecated names are treated.
        site: the user's line, for warnings.
        defaults: what holds for every item.
        deprecated: how often each deprecated name was translated.
    """

    rules: TranslationRules
    site: Site
    defaults: RequestDefaults = NO_DEFAULTS
    deprecated: Counter[DeprecatedName] = field(default_factory=Counter[DeprecatedName])

    def __post_init__(self) -> None:
        user_hook = self.rules.on_alias

        def count(use: AliasUse) -> None:
            self.deprecated[DeprecatedName(use.operation, use.old, use.new)] += 1
            if user_hook is not None:
                user_hook(use)

        policy = "silent" if self.rules.policy == "translate" else self.rules.policy
        self.rules = self.rules._replace(policy=policy, on_alias=count)

    def prepare(self, line: InputLine) -> PreparedRequest:
        """Return the request of a line, not yet uploaded.

        Raises:
            KreaError: it cannot be sent; `RequestInvalid` has all its problems.
        """
        if line.problem:
            raise RequestInvalid(None, [Problem("the line", line.problem, "")])
        target = line.target if line.target is not None else self.defaults.values.get("model")
        if target is None:
            raise RequestInvalid(
                None, [Problem("model", "is not given", "add it to the line, or give --set model=...")]
            )
        body = line.body
        if body is not None and _json.mapping(body) is None:
            raise RequestInvalid(None, [Problem("body", f"is a {type(body).__name__}, must be an object", "")])
        if body is not None and isinstance(target, str):
            body = self._completed(target, body, is_text=line.is_text)
        request = build_request(target, body, {}, SubmitOptions(check=self.defaults.check), self.rules, self.site)
        if self.defaults.check and request.files:
            from krea_client._core.uploads import validate_files

            validate_files(request)
        return request

    def _completed(self, target: str, body: Mapping[str, Any], *, is_text: bool) -> Mapping[str, Any]:
        defaults = {name: value for name, value in self.defaults.values.items() if name != "model" and name not in body}
        if not is_text and not defaults and self.defaults.media is None:
            return body
        catalogue = self.rules.catalogue
        operation = None if self.defaults.check else catalogue.unchecked(target)
        operation = operation or catalogue.of_model(target)
        completed: dict[str, Any] = {}
        for name, value in {**body, **defaults}.items():
            typed = value
            if isinstance(value, str) and (is_text or name in defaults):
                try:
                    typed = text_values.value_of(operation, name, value)
                except ValueError as fault:
                    raise RequestInvalid(operation.model, [Problem(name, str(fault), "")]) from None
            completed[name] = text_values.with_files(operation, name, typed, self._local_file)
        return completed

    def _local_file(self, text: str) -> str | Path:
        if not text.startswith("@"):
            return text
        folder = self.defaults.media
        if folder is None:
            problem = Problem(text, "is a local file, and no folder for them is given", "give --media FOLDER")
            raise RequestInvalid(None, [problem])
        path = (folder / text[1:]).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise RequestInvalid(None, [Problem(text, f"is not in {folder}", "give a file in that folder")])
        if not path.is_file():
            raise RequestInvalid(None, [Problem(text, f"is not there in {folder}", "check the path")])
        return path


def price_in_micros(request: PreparedRequest) -> tuple[Price, int | None]:
    """Return the price of a request, and the most that it can cost in millionths; None where no price is published."""
    price = price_of(request.operation, request.fields)
    at_most = price.at_most
    return price, None if at_most is None else round(at_most * MICRO)


def describe(error: KreaError) -> str:
    """Return what is wrong with a request on one line."""
    if isinstance(error, RequestInvalid):
        model = f"{error.model}: " if error.model else ""
        return model + "; ".join(str(problem) for problem in error.problems)
    return " ".join(str(error).split())


def body_digest(request: PreparedRequest) -> bytes:
    """Return bytes that tell a request from others, for inputs that are only known by their items."""
    files = [file.source.digest() for file in request.files]
    return b"\0".join([request.path.encode(), request.body, json.dumps(files).encode()])
