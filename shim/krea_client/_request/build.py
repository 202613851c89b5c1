"""Build a request from what a caller gives: translate deprecated names, warn about them, validate, write JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date as Date
from datetime import datetime
from typing import Any, NamedTuple

from krea_client import _json
from krea_client._request import alias_translation, deprecation_warnings
from krea_client._request.alias_translation import Policy, Rename
from krea_client._request.call_site import Site
from krea_client._request.deprecation_warnings import KreaDeprecationWarning
from krea_client._request.file_references import (
    PLACEHOLDER,
    LocalFile,
    Steps,
    local_files,
    with_addresses,
)
from krea_client._request.plain_json import plain_body
from krea_client._request.validation import encode, problems
from krea_client._spec.catalogue import Catalogue, Operation, RetiredField
from krea_client.errors import ModelUnknown, Problem, RequestInvalid

# Arguments that are passed to the wrong call. A model that has a field of such a name keeps it.
ARGUMENTS_OF: Mapping[str, frozenset[str]] = {
    "Krea": frozenset(
        {"token", "base_url", "transport", "proxy", "verify", "cert", "headers", "aliases", "on_alias", "clock", "pace"}
        | {"on_interrupt", "budget", "document"}
    ),
    "krea.run": frozenset({"deadline", "on_update", "on_submit", "save_to"}),
    "krea.run_all": frozenset({"at_once"}),
    "krea.save": frozenset({"overwrite", "most_bytes", "on_progress"}),
}


_TOP_NAME = re.compile(r"[A-Za-z_]\w*(?=[.\[]|$)")  # "the body" is none
_ANY_ARGUMENT = frozenset(name for names in ARGUMENTS_OF.values() for name in names)


class AliasUse(NamedTuple):
    """One use of a deprecated name, as the `on_alias` hook receives it.

    Attributes:
        operation: the model, such as "z-image/z-image".
        old: the name that was given.
        new: the name that the API accepts.
        date: the day (00:00 UTC) from which the API no longer accepts the old one.
        file: the caller's file.
        line: the caller's line in it.
        time: the moment of its use, aware.
    """

    operation: str
    old: str
    new: str
    date: Date
    file: str
    line: int
    time: datetime


class TranslationRules(NamedTuple):
    """How deprecated names are treated, and where operations are looked up.

    Attributes:
        now: returns the date and time, aware.
        catalogue: the operations.
        policy: what happens to deprecated names.
        on_alias: receives every use of one.
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
        require_all: False lets required fields be missing.
        path_parameters: values of the path's parameters.
    """

    webhook_url: str | None = None
    extra_body: Mapping[str, Any] | None = None
    check: bool = True
    require_all: bool = True
    path_parameters: Mapping[str, str] | None = None


class PreparedRequest(NamedTuple):
    """A request that is ready to be sent.

    Attributes:
        operation: the operation that it calls.
        path: the operation's path, its parameters filled in.
        fields: the body as it will be sent, with placeholders for the addresses of local files.
        body: its JSON text.
        files: the local files that have to be uploaded first.
        renames: the deprecated names that were in it.
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
        """Return the same request with the addresses of its files."""
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
    """Return the request as it will be sent, and warn at the site about deprecated names.

    Args:
        target: a request object of krea_api.models, a model id, or an operation.
        body: with a model id, the request body.
        fields: with a model id, fields of the body by keyword.
        options: what the caller adds to this one request.
        rules: how deprecated names are treated.
        site: the user's line.

    Raises:
        RequestInvalid: with every problem; nothing was sent.
        AliasConflict, ModelUnknown, ModelGone: see there.
        KreaDeprecationWarning, KreaFieldIgnoredWarning: a warnings filter says "error".
    """
    operation, original, translated, renames = _resolve_target(target, body, fields, rules, site, options)
    _refuse_bad_webhook(operation, options.webhook_url)
    extra = options.extra_body
    if extra is not None:
        _refuse_bad_extra(operation, {**original, **translated}, extra)
    files = local_files(operation, translated)
    if files:
        placeholders = {file.steps: f"{PLACEHOLDER}{number}" for number, file in enumerate(files)}
        translated = with_addresses(translated, placeholders)
    # A file's place is known by the current name only, so its deprecated name is translated under "passthrough" too.
    unchanged = rules.policy == "passthrough" and not files
    outgoing = {**(original if unchanged else translated), **(plain_body(extra) if extra else {})}
    text = _encoded(operation, outgoing, options)
    if options.check:
        _refuse_problems(operation, translated, renames, options, site)
    path = operation.path_for(**(options.path_parameters or {}))
    return PreparedRequest(operation, path, outgoing, text, files, renames, site, options.webhook_url)


def _encoded(operation: Operation, outgoing: Mapping[str, Any], options: SubmitOptions) -> bytes:
    try:
        return encode(operation.model, outgoing)
    except RequestInvalid as error:
        if not options.check or (operation.schema or {}).get("additionalProperties") is not False:
            raise
        names = {*operation.fields, *operation.aliases, *(options.extra_body or ())}
        violations = dict.fromkeys(_instead_of_values(operation, error.problems, names))
        raise RequestInvalid(operation.model, list(violations)) from None


def _instead_of_values(operation: Operation, violations: Iterable[Problem], names: Container[str]) -> Iterator[Problem]:
    """Yield the problems; instead of one with the value of a field that the model has not, that there is no such field."""
    from krea_client._request.validation_messages import unknown_field_problem

    for problem in violations:
        name = _TOP_NAME.match(problem.path)
        if name and name[0] not in names:
            yield unknown_field_problem(name[0], name[0], operation, top=True)
        else:
            yield problem


def _refuse_problems(
    operation: Operation, translated: Mapping[str, Any], renames: tuple[Rename, ...], options: SubmitOptions, site: Site
) -> None:
    """Raise for what the API would refuse, and warn at the site of what it would ignore."""
    broken = problems(operation if options.require_all else operation.without_required_fields, translated)
    if broken:
        raise RequestInvalid(operation.model, [_under_original_name(problem, renames) for problem in broken])
    if operation.details.get("rules"):
        from krea_client._request.field_rules import fields_without_effect

        for warning in fields_without_effect(operation, translated):
            deprecation_warnings.warn(warning, site)


def _resolve_target(
    target: object,
    body: Mapping[str, Any] | None,
    fields: Mapping[str, Any],
    rules: TranslationRules,
    site: Site,
    options: SubmitOptions,
) -> tuple[Operation, dict[str, Any], dict[str, Any], tuple[Rename, ...]]:
    """Return the operation, the body as given, the body under current names, and the deprecated names in it."""
    if not isinstance(target, (str, Operation)):
        operation, members = _from_object(target, body, fields, rules)
        _warn_of_announced_end(operation, site, options)
        return operation, members, members, ()
    operation = target if isinstance(target, Operation) else _operation_named(target, rules, check=options.check)
    _warn_of_announced_end(operation, site, options)
    merged = plain_body(_merged(operation, body, fields))
    if operation.id not in rules.catalogue.index["operations"]:
        _warn_of_suspicious_names(operation, merged, rules, site)
    return operation, merged, *_translate(operation, merged, rules, site)


def _operation_named(model: str, rules: TranslationRules, *, check: bool) -> Operation:
    """Return the operation of a model id; without a check, also of a full path that the spec does not know."""
    try:
        return rules.catalogue.of_model(model)
    except ModelUnknown:
        operation = None if check else rules.catalogue.unchecked(model)
        if operation is None:
            raise
        return operation


def _warn_of_suspicious_names(
    operation: Operation, body: Mapping[str, Any], rules: TranslationRules, site: Site
) -> None:
    """Warn of names with capitals in the body of a model without a table: the API's own names have none."""
    if rules.policy == "silent":
        return
    for name in body:
        if name != name.lower():
            text = (
                f"{operation.model}: this version does not know the model, so {name!r} was sent as it is; "
                "the API's current names have no capitals"
            )
            deprecation_warnings.warn(KreaDeprecationWarning(text, operation=operation.model, old=name), site)


def _warn_of_announced_end(operation: Operation, site: Site, options: SubmitOptions) -> None:
    """Warn of a model that the API's live document calls deprecated, or lists no more; a question about its price warns of nothing."""
    notice = operation.details.get("live_notice")
    if notice and options.require_all:
        text = f"{operation.model}: {notice}; the request goes out, and the API decides"
        deprecation_warnings.warn(KreaDeprecationWarning(text, operation=operation.model, old=operation.model), site)


def _merged(operation: Operation, body: Any, fields: Mapping[str, Any]) -> dict[str, Any]:
    if body is not None and _json.mapping(body) is None:
        rule = f"is a {type(body).__name__}, must be a mapping of field names to values"
        remedy = "give a dict"
        if isinstance(body, str):
            remedy = f"give a dict, or fields by name, such as prompt={body!r}"
        elif hasattr(body, "model_dump"):  # a model of pydantic
            remedy = "give its model_dump(exclude_unset=True)"
        raise RequestInvalid(operation.model, [Problem("the body", rule, remedy)])
    merged: dict[str, Any] = {**(body or {}), **fields}
    doubles = [
        name for name in fields if body and name in body and not alias_translation.same_json(body[name], fields[name])
    ]
    if doubles:
        rule = "is given twice, in the mapping and as a keyword, with different values"
        raise RequestInvalid(operation.model, [Problem(name, rule, "give it once") for name in doubles])
    if misplaced := [problem for name in fields if (problem := _misplaced(operation, name))]:
        raise RequestInvalid(operation.model, misplaced)
    return merged


def _misplaced(operation: Operation, name: str) -> Problem | None:
    """Return the problem of an argument of another call that was passed as a field by keyword."""
    if name not in _ANY_ARGUMENT:
        return None
    place = next((place for place, names in ARGUMENTS_OF.items() if name in names), None)
    if place is None or name in operation.fields or name in operation.aliases:
        return None
    return Problem(name, f"is an option of {place}(...), not a field of this model", "give it there")


def _refuse_bad_extra(operation: Operation, body: Mapping[str, Any], extra: Any) -> None:
    if _json.mapping(extra) is None:
        rule = f"is a {type(extra).__name__}, must be a mapping of field names to values"
        raise RequestInvalid(operation.model, [Problem("extra_body", rule, "give a dict")])
    doubles = [name for name in extra if name in body]
    if doubles:
        rule = "is given twice, in the body and in extra_body"
        raise RequestInvalid(operation.model, [Problem(name, rule, "give it once") for name in doubles])


def _translate(
    operation: Operation, original: dict[str, Any], rules: TranslationRules, site: Site
) -> tuple[dict[str, Any], tuple[Rename, ...]]:
    if rules.policy == "passthrough":
        renames = alias_translation.renames_in(operation, original)
        table = operation.aliases
        current = {(table[name].new if name in table else name): value for name, value in original.items()}
        translated = {name: value for name, value in current.items() if name in original or name in operation.fields}
    else:
        dropped = alias_translation.without_effect(operation, original)
        translated, renames = alias_translation.translate(operation, original)
        if dropped:
            report_dropped(operation, dropped, rules, site)
    if renames:
        report_renames(renames, rules, site)
    return translated, renames


def report_renames(renames: tuple[Rename, ...], rules: TranslationRules, site: Site) -> None:
    """Report deprecated names to the hook and at the user's line, as the policy says.

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


def report_dropped(
    operation: Operation, dropped: Mapping[str, RetiredField], rules: TranslationRules, site: Site
) -> None:
    """Report retired fields that are left out at the user's line, as the policy says.

    Raises:
        RequestInvalid: the policy is "error".
        KreaDeprecationWarning: a warnings filter says "error".
    """
    if rules.policy == "error":
        from krea_client._request.validation_messages import retired_field_problem

        raise RequestInvalid(operation.model, [retired_field_problem(field) for field in dropped.values()])
    if rules.policy != "silent":
        for name, field in dropped.items():
            deprecation_warnings.warn(alias_translation.dropped_warning(operation, name, field, rules.now()), site)


def report_to_hook(renames: tuple[Rename, ...], rules: TranslationRules, site: Site) -> None:
    """Report each use of a deprecated name to the hook."""
    if rules.on_alias is None:
        return
    now = rules.now()
    for rename in renames:
        use = AliasUse(rename.operation, rename.old, rename.new, rename.date, site.filename, site.lineno, now)
        call_hook(rules.on_alias, use)


def call_hook(hook: Callable[[AliasUse], object], use: AliasUse) -> None:
    """Call the hook, and log its failure: a hook must never cost the caller a request."""
    try:
        hook(use)
    except Exception:
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
    written: Any = target  # a generated class, which has to_dict
    try:
        members: dict[str, Any] = written.to_dict()
    except (AttributeError, TypeError, ValueError) as fault:
        from krea_client._request.unpickled import completed

        repaired = completed(target)
        if repaired is None:
            remedy = (
                "give nested objects as classes of krea_api.models; build an object anew that an older version pickled"
            )
            problem = Problem("the request object", f"cannot be written: {fault}", remedy)
            raise RequestInvalid(operation.model, [problem]) from fault
        members = repaired.to_dict()
    return operation, plain_body(members)


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


def _under_original_name(problem: Problem, renames: tuple[Rename, ...]) -> Problem:
    name = problem.path.partition(".")[0].partition("[")[0]
    old = next((rename.old for rename in renames if rename.new == name), None)
    return problem._replace(rule=f"(given as {old!r}) {problem.rule}") if old else problem
