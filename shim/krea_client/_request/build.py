"""From what a caller gives, by either door, to one checked body: translated, warned about, judged, written as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date as Date
from datetime import datetime
from typing import Any, NamedTuple

from krea_client import _json
from krea_client._request import alias_translation, deprecation_warnings
from krea_client._request.alias_translation import Policy, Rename
from krea_client._request.deprecation_warnings import Site
from krea_client._request.file_references import (
    STAND_IN,
    LocalFile,
    Steps,
    local_files,
    with_addresses,
)
from krea_client._request.validation import encode, problems
from krea_client._spec.catalogue import Catalogue, Operation
from krea_client.errors import Problem, RequestInvalid


class AliasUse(NamedTuple):
    """One use of an old name, as the `on_alias` hook is told of it.

    Attributes:
        operation: the model, such as "z-image/z-image".
        old: the name that was given.
        new: the name that the API takes.
        date: the day (00:00 UTC) from which the API no longer takes the old one.
        file: the caller's file.
        line: the caller's line in it.
        time: when it was used, aware.
    """

    operation: str
    old: str
    new: str
    date: Date
    file: str
    line: int
    time: datetime


class TranslationRules(NamedTuple):
    """What a client was told about old names, and where it looks operations up.

    Attributes:
        now: tells the date and time, aware.
        catalogue: the operations.
        policy: what happens to old names.
        on_alias: is told of every use of one.
    """

    now: Callable[[], datetime]
    catalogue: Catalogue
    policy: Policy = "translate"
    on_alias: Callable[[AliasUse], object] | None = None


class SubmitOptions(NamedTuple):
    """What a caller may add to one submission.

    Attributes:
        webhook_url: the address that gets one POST when the job has ended.
        extra_body: fields that the spec does not know, sent as they are.
        check: False sends the body unchecked.
        require_all: False lets fields be missing.
        path_parameters: what fills the gaps of the path.
    """

    webhook_url: str | None = None
    extra_body: Mapping[str, Any] | None = None
    check: bool = True
    require_all: bool = True
    path_parameters: Mapping[str, str] | None = None


class PreparedRequest(NamedTuple):
    """A request that is ready to be sent.

    Attributes:
        operation: what it calls.
        path: where.
        fields: the body as it will be sent, with stand-ins for the addresses of local files.
        body: its JSON text.
        files: the local files that have to be uploaded first.
        renames: the old names that were in it.
        site: the user's line that made it.
        webhook_url: as in `SubmitOptions`.
    """

    operation: Operation
    path: str
    fields: Mapping[str, Any]
    body: bytes
    files: tuple[LocalFile, ...]
    renames: tuple[Rename, ...]
    site: Site
    webhook_url: str | None = None

    def uploaded(self, addresses: Mapping[Steps, str]) -> PreparedRequest:
        """The same request, with the addresses of its files."""
        fields = with_addresses(self.fields, addresses)
        return self._replace(fields=fields, body=encode(self.operation.model, fields), files=())


def build_request(
    target: object,
    body: Mapping[str, Any] | None,
    fields: Mapping[str, Any],
    options: SubmitOptions,
    rules: TranslationRules,
    site: Site,
) -> PreparedRequest:
    """Gives the request as it will be sent, and warns at the site about old names.

    Args:
        target: a request object of krea_api.models, a model id, or an operation.
        body: with a model id, the request body.
        fields: with a model id, fields of the body by keyword.
        options: what was asked for this one request.
        rules: what the client was told.
        site: the user's line.

    Raises:
        RequestInvalid: with every problem that was found; nothing was sent.
        AliasConflict, ModelUnknown, ModelGone: see there.
        KreaDeprecationWarning: a warnings filter says "error".
    """
    operation, given, named, renames = _resolve_target(target, body, fields, rules, site)
    _refuse_bad_webhook(operation, options.webhook_url)
    if options.extra_body is not None:
        _refuse_bad_extra(operation, {**given, **named}, options.extra_body)
    files = local_files(operation, named)
    if files:
        named = with_addresses(named, {file.steps: f"{STAND_IN}{number}" for number, file in enumerate(files)})
    # A file under an old name that is passed through cannot be: its place is known by the new one.
    outgoing = {**(given if rules.policy == "passthrough" and not files else named), **(options.extra_body or {})}
    text = encode(operation.model, outgoing)
    if options.check and (found := problems(operation if options.require_all else operation.partly, named)):
        raise RequestInvalid(operation.model, [_under_given_name(problem, renames) for problem in found])
    path = operation.path_for(**(options.path_parameters or {}))
    return PreparedRequest(operation, path, outgoing, text, files, renames, site, options.webhook_url)


def _resolve_target(
    target: object,
    body: Mapping[str, Any] | None,
    fields: Mapping[str, Any],
    rules: TranslationRules,
    site: Site,
) -> tuple[Operation, dict[str, Any], dict[str, Any], tuple[Rename, ...]]:
    if not isinstance(target, (str, Operation)):
        operation, named = _from_object(target, body, fields, rules)
        return operation, named, named, ()
    operation = target if isinstance(target, Operation) else rules.catalogue.of_model(target)
    given = _merged(operation, body, fields)
    return operation, given, *_named(operation, given, rules, site)


def _merged(operation: Operation, body: Any, fields: Mapping[str, Any]) -> dict[str, Any]:
    if body is not None and _json.mapping(body) is None:
        rule = f"is a {type(body).__name__}, must be a mapping of field names to values"
        raise RequestInvalid(operation.model, [Problem("the body", rule, "give a dict")])
    merged: dict[str, Any] = {**(body or {}), **fields}
    doubles = [
        name for name in fields if body and name in body and not alias_translation.same_json(body[name], fields[name])
    ]
    if doubles:
        rule = "is given twice, in the mapping and as a keyword, with different values"
        raise RequestInvalid(operation.model, [Problem(name, rule, "give it once") for name in doubles])
    return merged


def _refuse_bad_extra(operation: Operation, body: Mapping[str, Any], extra: Any) -> None:
    if _json.mapping(extra) is None:
        rule = f"is a {type(extra).__name__}, must be a mapping of field names to values"
        raise RequestInvalid(operation.model, [Problem("extra_body", rule, "give a dict")])
    doubles = [name for name in extra if name in body]
    if doubles:
        rule = "is given twice, in the body and in extra_body"
        raise RequestInvalid(operation.model, [Problem(name, rule, "give it once") for name in doubles])


def _named(
    operation: Operation, given: dict[str, Any], rules: TranslationRules, site: Site
) -> tuple[dict[str, Any], tuple[Rename, ...]]:
    if rules.policy == "passthrough":
        renames = alias_translation.renames_in(operation, given)
        table = operation.aliases
        named = {(table[name].new if name in table else name): value for name, value in given.items()}
        named = {name: value for name, value in named.items() if name in given or name in operation.fields}
    else:
        named, renames = alias_translation.translate(operation, given)
    if renames:
        report_renames(renames, rules, site)
    return named, renames


def report_renames(renames: tuple[Rename, ...], rules: TranslationRules, site: Site) -> None:
    """Tells the hook and the user's line of old names, as the policy wants it.

    Raises:
        RequestInvalid: the policy is "error".
        KreaDeprecationWarning: a warnings filter says "error".
    """
    report_to_hook(renames, rules, site)
    if rules.policy == "error":
        raise alias_translation.refused(renames)
    if rules.policy != "silent":
        for rename in renames:
            deprecation_warnings.warn(alias_translation.warning_for(rename, rules.now(), rules.policy), site)


def report_to_hook(renames: tuple[Rename, ...], rules: TranslationRules, site: Site) -> None:
    """Tells the hook of each use of an old name."""
    if rules.on_alias is None:
        return
    now = rules.now()
    for one in renames:
        use = AliasUse(one.operation, one.old, one.new, one.date, site.filename, site.lineno, now)
        call_hook(rules.on_alias, use)


def call_hook(hook: Callable[[AliasUse], object], use: AliasUse) -> None:
    """Calls the hook; when it fails, that goes to the log and nowhere else."""
    try:
        hook(use)
    except Exception:
        # A hook that counts must never cost the caller a picture.
        import logging

        logging.getLogger("krea_client").exception("the on_alias hook failed; the request goes on")


def _from_object(
    target: object, body: Mapping[str, Any] | None, fields: Mapping[str, Any], rules: TranslationRules
) -> tuple[Operation, dict[str, Any]]:
    operation = rules.catalogue.of_request(target)
    if operation is None:
        rule = "is neither a model id nor a request object"
        raise RequestInvalid(
            None, [Problem(f"a {type(target).__name__}", rule, "give one of krea_api.models, or an id")]
        )
    if body is not None or fields:
        rule = "came with fields beside it"
        raise RequestInvalid(operation.model, [Problem("a request object", rule, "put the fields into the object")])
    try:
        return operation, target.to_dict()  # type: ignore[attr-defined]  # of_request answers for generated classes only
    except (AttributeError, TypeError, ValueError) as fault:
        remedy = "give nested objects as classes of krea_api.models"
        raise RequestInvalid(
            operation.model, [Problem("the request object", f"cannot be written: {fault}", remedy)]
        ) from fault


def _refuse_bad_webhook(operation: Operation, url: str | None) -> None:
    if url is None:
        return
    if not operation.webhook:
        raise RequestInvalid(
            operation.model, [Problem("webhook_url", "is not taken by this operation", "leave it out")]
        )
    whole = url.startswith(("https://", "http://")) and url.isascii() and url.isprintable() and " " not in url
    if not whole:
        rule = "is not an address that a header can carry"
        raise RequestInvalid(
            operation.model, [Problem("webhook_url", rule, "give one such as https://example.com/hook")]
        )


def _under_given_name(problem: Problem, renames: tuple[Rename, ...]) -> Problem:
    name = problem.path.partition(".")[0].partition("[")[0]
    old = next((rename.old for rename in renames if rename.new == name), None)
    return problem._replace(rule=f"(given as {old!r}) {problem.rule}") if old else problem
