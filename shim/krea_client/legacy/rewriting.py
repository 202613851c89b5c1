"""Rename deprecated fields in the JSON text of request bodies that other programs send, and keep every other byte.

The adapters of `krea_client.legacy` for all HTTP libraries use this module. It rejects no request that the API might accept: fields that
cannot be translated cause a warning and are sent unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, time
from datetime import date as Date
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from krea_client import _json
from krea_client._request import alias_translation, deprecation_warnings, json_edits
from krea_client._request.alias_translation import Rename
from krea_client._request.build import TranslationRules, report_dropped, report_renames, report_to_hook
from krea_client._request.call_site import Site
from krea_client._request.deprecation_warnings import KreaDeprecationWarning, KreaSunsetWarning
from krea_client._request.validation_messages import retired_field_problem, unknown_field_problem
from krea_client._spec.catalogue import Operation, RetiredField
from krea_client.errors import AliasConflict, ModelGone, Problem, RequestInvalid
from krea_client.legacy.compat_document import DOCUMENT_PATH, DocumentReading

_MARK = "\ufeff"  # some editors put a byte-order mark before JSON
_PORTS = {"http": 80, "https": 443}
_AS_GIVEN = "It was sent as it was given."


class ApiAddress(NamedTuple):
    """The base URL of an API: its host, its port (None for the scheme's default port) and the prefix of all paths."""

    host: str
    port: int | None
    path: str

    @classmethod
    def at(cls, address: str) -> ApiAddress:
        """Parse a URL such as "https://api.krea.ai".

        Raises:
            ValueError: the text is not an http or https URL with a host.
        """
        try:
            parts = urlsplit(address.strip())
            if parts.scheme in _PORTS and parts.hostname:
                return cls(parts.hostname, _port(parts), parts.path.rstrip("/"))
        except ValueError:  # the port is not a number, or a bracket is not closed
            pass
        raise ValueError(f"base_url {address!r} is not an address: give one such as https://api.krea.ai")


class OutgoingRequest(NamedTuple):
    """The parts of an HTTP request that decide whether and how its body is rewritten.

    Attributes:
        url: the complete URL.
        encoding: the header Content-Encoding, or None.
        body: the bytes of the body.
    """

    url: str
    encoding: str | None
    body: bytes


class Rewriter:
    """Rewrites the bodies of requests to the API's addresses.

    Args:
        rules: the policy for deprecated names, and the tables of all operations.
        servers: the API's base URLs; requests to other addresses are ignored.
        documents: how to treat a program's request for the API's OpenAPI document.
    """

    def __init__(
        self, rules: TranslationRules, servers: Iterable[ApiAddress], documents: DocumentReading | None = None
    ) -> None:
        self._rules = rules
        self._documents = documents or DocumentReading()
        self._servers = tuple(servers)
        self.hosts: frozenset[str] = frozenset(server.host for server in self._servers)

    def may_address_api(self, url: str) -> bool:
        """Return False if a URL certainly is not one of the API's; cheap, because it runs for calls to all hosts."""
        lower = url.lower()
        for host in self.hosts:  # noqa: SIM110  # a generator in any() takes longer than the comparison
            if host in lower:
                return True
        return False

    def reads_document(self, method: str | None, url: str) -> bool:
        """Return whether a request asks for the API's document."""
        return method == "GET" and self.may_address_api(url) and self._path(url) == DOCUMENT_PATH

    def passed_document(self, status: int, content: bytes, encoding: str | None = None) -> bytes | None:
        """Return the document to pass to the program, or None for the original; log once that a look-up in the original may fail.

        Args:
            status: of the response.
            content: the response's body.
            encoding: the Content-Encoding that the body still has, or None where the library has decoded it.
        """
        return self._documents.passed(status, content, encoding)

    def rewritten(self, message: OutgoingRequest, site: Callable[[], Site]) -> bytes | None:
        """Return the body to send, or None if it has no deprecated field; warn at the site.

        The body is the original one if its deprecated fields cannot be translated.

        Raises:
            RequestInvalid: the policy is "error", and the body has a deprecated field name.
            KreaDeprecationWarning: a warnings filter turns the warning into an error.
        """
        try:
            examination = self._examined(message)
            if examination is None:
                return None
            self._report(examination, site())
        except (RequestInvalid, KreaDeprecationWarning):
            raise  # the policy or a warnings filter requests it
        except Exception:
            # The program worked without this package, so a defect of this package must not stop it.
            import logging

            logging.getLogger("krea_client").exception(
                "a request could not be examined for deprecated fields; it is sent unchanged"
            )
            return None
        return message.body if self._rules.policy == "passthrough" else examination.body

    def examine(self, message: OutgoingRequest) -> Examination | None:
        """Return the deprecated fields of a request and its rewritten body, or None if there are none; neither warn nor raise."""
        try:
            return self._examined(message)
        except Exception:
            import logging

            logging.getLogger("krea_client").exception(
                "a request could not be examined for deprecated fields; it is sent unchanged"
            )
            return None

    def concerns(self, path: str) -> bool:
        """Return whether a POST to this path of the API may have a body with deprecated fields."""
        try:
            operation = self._rules.catalogue.of_call("POST", path)
        except ModelGone:
            return True
        return operation is not None and operation.kind is not None

    def _examined(self, message: OutgoingRequest) -> Examination | None:
        path = self._path(message.url)
        if path is None:
            return None
        try:
            operation = self._rules.catalogue.of_call("POST", path)
        except ModelGone as gone:
            return Examination(message.body, gone=gone)
        # Content-Type does not count: curl and urllib call JSON a form where nobody says what it is.
        if operation is None or operation.kind is None or message.encoding:
            return None
        text = _text(message.body)
        fields = _json.members(_json.document(text.removeprefix(_MARK))) if text is not None else {}
        if text is None or not any(_is_concern(operation, name) for name in fields):
            return None
        dropped: Mapping[str, RetiredField] = {}
        if self._rules.policy not in ("passthrough", "error"):
            dropped = alias_translation.without_effect(operation, fields)
        return _renamed(operation, message.body, text, fields, dropped)

    def _report(self, examination: Examination, line: Site) -> None:
        rules = self._rules
        if examination.gone is not None:
            deprecation_warnings.warn(_gone(examination.gone, rules.now()), line)
        # The hook gets every use of a deprecated name, including names that cannot be translated.
        report_to_hook(examination.unrenamed, rules, line)
        if examination.renames:
            report_renames(examination.renames, rules, line)
        if examination.operation is not None and examination.dropped:
            report_dropped(examination.operation, examination.dropped, rules, line)
        for entry in examination.untranslatable:
            deprecation_warnings.warn(entry.warning(rules.now()), line)

    def _path(self, url: str) -> str | None:
        """Return the path of a URL below the API's base URL, or None for a URL of another server."""
        try:
            parts = urlsplit(url)
            port = _port(parts)
        except ValueError:
            return None
        for server in self._servers:
            if (server.host, server.port) == (parts.hostname, port) and parts.path.startswith(f"{server.path}/"):
                return parts.path[len(server.path) :]
        return None


class UntranslatableFields(NamedTuple):
    """Names that cannot be translated, and why; `date` is the day from which the API rejects them, if it is known."""

    operation: Operation
    names: tuple[str, ...]
    problem: Problem
    new: str | None
    date: Date | None

    def warning(self, now: datetime) -> KreaDeprecationWarning:
        """Return the warning about these names."""
        old, rule, remedy = self.problem
        model = self.operation.model
        text = f"{model}: {old!r} {rule}: {remedy}. {_AS_GIVEN}"
        return _kind(self.date, now)(text, operation=model, old=old, new=self.new, date=self.date)


class Examination(NamedTuple):
    """The deprecated fields of one request body.

    Attributes:
        body: the body with current names, as far as they could be translated.
        renames: the names that were replaced.
        unrenamed: the deprecated names that remain.
        untranslatable: why they remain.
        gone: the error about a removed model, or None.
        operation: the operation of the request; None for a removed model.
        dropped: retired fields that were removed, because their value has no effect.
    """

    body: bytes
    renames: tuple[Rename, ...] = ()
    unrenamed: tuple[Rename, ...] = ()
    untranslatable: tuple[UntranslatableFields, ...] = ()
    gone: ModelGone | None = None
    operation: Operation | None = None
    dropped: Mapping[str, RetiredField] = MappingProxyType({})


def _renamed(
    operation: Operation, body: bytes, text: str, fields: Mapping[str, Any], dropped: Mapping[str, RetiredField]
) -> Examination | None:
    fields = {name: value for name, value in fields.items() if name not in dropped}
    untranslatable = tuple(_untranslatable(operation, fields))
    left = {name for entry in untranslatable for name in entry.names}
    uses = alias_translation.renames_in(operation, fields)
    renames = tuple(use for use in uses if use.old not in left)
    try:
        renamed = _with_names(text, {use.old: use.new for use in renames}, dropped)
    except json_edits.JsonTextError:  # a key occurs twice, so it is unclear which value counts
        return None
    body = body if renamed == text else renamed.encode()
    unrenamed = tuple(use for use in uses if use.old in left)
    return Examination(body, renames, unrenamed, untranslatable, operation=operation, dropped=dropped)


def _untranslatable(operation: Operation, fields: Mapping[str, Any]) -> Iterator[UntranslatableFields]:
    names_of: dict[str, list[str]] = {}
    for name in fields:
        alias, retired = operation.aliases.get(name), operation.retired.get(name)
        if alias and alias.new not in operation.fields:
            yield UntranslatableFields(
                operation, (name,), alias_translation.missing_target_problem(operation, alias), None, alias.sunset
            )
        elif alias or name in operation.fields:
            names_of.setdefault(alias.new if alias else name, []).append(name)
        elif retired:
            yield UntranslatableFields(
                operation, (name,), retired_field_problem(retired), None, _json.day(retired.gone_by)
            )
        elif _is_concern(operation, name):
            yield UntranslatableFields(
                operation, (name,), unknown_field_problem(name, name, operation, top=True), None, None
            )
    for new, names in names_of.items():
        if not all(alias_translation.same_json(fields[names[0]], fields[name]) for name in names[1:]):
            [problem] = AliasConflict(operation.model, names, new).problems
            yield UntranslatableFields(operation, tuple(names), problem, new, operation.aliases[problem.path].sunset)


def _is_concern(operation: Operation, name: str) -> bool:
    """Return whether a name of a body is deprecated, retired, or of another model's deprecated ones: no current name has a capital."""
    if name in operation.aliases or name in operation.retired:
        return True
    return name != name.lower() and name not in operation.fields


def _gone(error: ModelGone, now: datetime) -> KreaDeprecationWarning:
    model = str(error.model)
    when = f" on {error.sunset}" if error.sunset else ""
    use = f"use {error.replacement!r} instead" if error.replacement else "no replacement is documented"
    text = f"{model}: Krea switched this model off{when}: {use}. {_AS_GIVEN}"
    return _kind(error.sunset, now)(text, operation=model, old=model, new=error.replacement, date=error.sunset)


def _kind(date: Date | None, now: datetime) -> type[KreaDeprecationWarning]:
    over = date is None or now >= datetime.combine(date, time(), UTC)
    return KreaSunsetWarning if over else KreaDeprecationWarning


def _with_names(text: str, names: Mapping[str, str], dropped: Collection[str]) -> str:
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(mark)
    pieces: list[str] = [mark]
    copied = 0
    for start, end, new in json_edits.parse(text).renaming(names, dropped):
        pieces += [text[copied:start], new]
        copied = end
    return "".join([*pieces, text[copied:]])


def _text(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _port(parts: SplitResult) -> int | None:
    return None if parts.port == _PORTS.get(parts.scheme) else parts.port
