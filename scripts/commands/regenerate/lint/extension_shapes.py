"""The shapes of the x-krea- extensions; spec/EXTENSIONS.md says what they mean."""

from __future__ import annotations

from .blocks import (
    DAY,
    DAY_MONTH_OR_YEAR,
    MODEL,
    POSITIVE,
    TEXT,
    JsonSchema,
    closed,
    listed,
    mapped,
    or_null,
)

_VALUE: JsonSchema = {"type": ["string", "number", "boolean"]}
_UNIT: JsonSchema = {"enum": ["request", "second"]}
_CONDITION = mapped({"if": {"type": "object"}, "then": closed({"given": {"type": "boolean"}}), "else": _VALUE}, 1)
_FIELDS: JsonSchema = {**listed(TEXT, 2), "uniqueItems": True}
# Each form of a rule by the member that only it has.
_RULE_FORMS: dict[str, JsonSchema] = {
    "excludes": closed({"excludes": _FIELDS}),
    "any_of": closed({"any_of": _FIELDS}),
    "one_of": closed({"one_of": _FIELDS}),
    "needs": closed({"needs": _CONDITION, "when": _CONDITION}),
    "applies": closed({"applies": {**listed(TEXT), "uniqueItems": True}, "when": _CONDITION}),
}
_RULE: JsonSchema = {
    "type": "object",
    "oneOf": [{"required": [name]} for name in _RULE_FORMS],
    "allOf": [{"if": {"required": [name]}, "then": form} for name, form in _RULE_FORMS.items()],
}
_NO_EFFECT = listed(_VALUE)
_ROW = closed(
    {"amount": POSITIVE},
    when=_CONDITION,
    per=_UNIT,
    seconds=TEXT,
)
_ANY_PRICE = {"currency": {"const": "USD"}, "read": DAY_MONTH_OR_YEAR, "per": _UNIT}
# Told apart by what only one of them has, so that a finding is about the form that was meant.
_PRICING: JsonSchema = {
    "if": {"required": ["table"]},
    "then": closed({**_ANY_PRICE, "table": listed(_ROW, 2)}, seconds=TEXT),
    "else": {
        "if": {"required": ["amount"]},
        "then": closed({**_ANY_PRICE, "amount": POSITIVE}, seconds=TEXT),
        "else": closed({**_ANY_PRICE, "least": POSITIVE, "note": TEXT}, most=POSITIVE, seconds=TEXT),
    },
}
EXTENSIONS: dict[str, dict[str, JsonSchema]] = {
    "document": {
        "x-krea-gone-models": listed(closed({"model": MODEL, "sunset": or_null(DAY), "replacement": or_null(MODEL)})),
        "x-krea-retired-fields": listed(
            closed(
                {"name": TEXT, "gone_by": DAY_MONTH_OR_YEAR},
                use=TEXT,
                no_effect=_NO_EFFECT,
                last_seen=DAY_MONTH_OR_YEAR,
            )
        ),
    },
    "operation": {
        "x-krea-captured": DAY_MONTH_OR_YEAR,
        "x-krea-unconfirmed": TEXT,
        "x-krea-typical-seconds": POSITIVE,
        "x-krea-pricing": {"type": "object", **_PRICING},
        "x-krea-deprecated-field-aliases": listed(closed({"from": TEXT, "to": TEXT, "sunset_date": DAY})),
        "x-krea-retired-fields": listed(
            closed(
                {"name": TEXT, "last_seen": DAY_MONTH_OR_YEAR, "gone_by": DAY_MONTH_OR_YEAR},
                use=TEXT,
                no_effect=_NO_EFFECT,
            )
        ),
        "x-krea-upload": closed(
            {"megabytes": POSITIVE, "types": mapped({"type": "string", "pattern": "^[a-z]+/[a-z0-9.+-]+$"}, 1)}
        ),
        "x-krea-rules": listed(_RULE),
    },
    "schema": {
        "x-krea-media": {"const": True},
        "x-krea-unconfirmed": TEXT,
        "x-krea-applies-when": mapped(_VALUE, 1),
        "x-krea-options-by": closed({"field": TEXT, "options": mapped(listed(_VALUE), 1)}),
    },
}
