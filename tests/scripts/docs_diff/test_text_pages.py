"""Pages as text: every change is told, once, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from krea_client.cli.document_diff.operation_facts import Unreadable

Edit = tuple[str, str]
Page = Callable[..., str]
Problem = Callable[[str], Unreadable]
DifferencesOf = Callable[..., list[tuple[str, str, str]]]

CHANGES: dict[str, tuple[Edit, list[tuple[str, str, str]]]] = {
    "a new field": (("seed\nnumber", "tint\nstring\nseed\nnumber"), [("field_new", "tint", "present")]),
    "a new required field": (
        ("seed\nnumber", "tint\nenum<string>\nrequired\nAvailable options:\nred,\nblue\nseed\nnumber"),
        [("field_new", "tint", "present")],
    ),
    "a new field at the end": (("4,\n8\n", "4,\n8\nrope\nstring[]\n"), [("field_new", "rope", "present")]),
    "a new field of objects": (
        ("ratios\nstring[]", "hooks\nobject[]\nhooks.size\nnumber\nratios\nstring[]"),
        [("field_new", "hooks", "present")],
    ),
    "a field is gone": (("foldable\nboolean\ndefault:false\n", ""), [("field_gone", "foldable", "absent")]),
    "a required field is gone": (
        ("lamp_oil\nstring\nrequired\nRequired string length: 2 - 90\n", ""),
        [("field_gone", "lamp_oil", "absent")],
    ),
    "a list is gone": (("ratios\nstring[]\nMaximum array length: 3\n", ""), [("field_gone", "ratios", "absent")]),
    "a field is renamed": (
        ("foldable\nboolean", "is_foldable\nboolean"),
        [("field_renamed", "foldable", "called is_foldable")],
    ),
    "a field gets quite another name": (
        ("shades\ninteger", "covers\ninteger"),
        [("field_renamed", "shades", "called covers")],
    ),
    "another type": (("seed\nnumber", "seed\ninteger"), [("type", "seed", "type integer")]),
    "not null any more": (
        ("photo_url\nstring<uri> | null", "photo_url\nstring<uri>"),
        [("type", "photo_url", "type string")],
    ),
    "null as well": (("foldable\nboolean", "foldable\nboolean | null"), [("type", "foldable", "type boolean, null")]),
    "a list instead of one": (
        ("photo_url\nstring<uri> | null", "photo_url\nstring<uri>[]"),
        [("type", "photo_url", "type array"), ("format", "photo_url", "no format")],
    ),
    "one instead of a list": (
        ("ratios\nstring[]\nMaximum array length: 3", "ratios\nstring"),
        [("maxItems", "ratios", "no maxItems"), ("type", "ratios", "type string")],
    ),
    "items of another type": (("ratios\nstring[]", "ratios\nnumber[]"), [("type", "ratios[]", "type number")]),
    "items of another format": (
        ("ratios\nstring[]", "ratios\nstring<date>[]"),
        [("format", "ratios[]", "format date")],
    ),
    "another format": (
        ("photo_url\nstring<uri> | null", "photo_url\nstring<date> | null"),
        [("format", "photo_url", "format date")],
    ),
    "required now": (("hue\nnumber", "hue\nnumber\nrequired"), [("required", "hue", "required")]),
    "optional now": (("glass\nenum<string>\nrequired", "glass\nenum<string>"), [("required", "glass", "optional")]),
    "a new value": (
        ("16:9,\namber\n", "16:9,\namber,\nblue\n"),
        [("enum", "glass", "values clear, 16:9, amber, blue")],
    ),
    "a value is gone": (("clear,\n16:9,\namber\n", "clear,\namber\n"), [("enum", "glass", "values clear, amber")]),
    "another value": (
        ("clear,\n16:9,\namber\n", "clear,\n9:16,\namber\n"),
        [("enum", "glass", "values clear, 9:16, amber")],
    ),
    "a new number to choose": (("4,\n8\n", "4,\n8,\n12\n"), [("enum", "steps", "values 4, 8, 12")]),
    "any text is allowed": (("\nAvailable options:\nclear,\n16:9,\namber\n", ""), [("enum", "glass", "any value")]),
    "only some texts are allowed": (
        ("wicks.colour\nstring", "wicks.colour\nenum<string>\nAvailable options:\nred,\nblue"),
        [("enum", "wicks[].colour", "values red, blue")],
    ),
    "a greater maximum": (("0 <= x <= 360", "0 <= x <= 720"), [("maximum", "hue", "maximum 720")]),
    "a lower minimum": (("0 <= x <= 360", "-5 <= x <= 360"), [("minimum", "hue", "minimum -5")]),
    "both bounds": (
        ("0 <= x <= 360", "1 <= x <= 359"),
        [("minimum", "hue", "minimum 1"), ("maximum", "hue", "maximum 359")],
    ),
    "no maximum": (("Required range: 0 <= x <= 360", "Required range: x >= 0"), [("maximum", "hue", "no maximum")]),
    "no bounds": (
        ("Required range: 0 <= x <= 360\n", ""),
        [("minimum", "hue", "no minimum"), ("maximum", "hue", "no maximum")],
    ),
    "a bound that is allowed itself": (
        ("Required range: x > 0", "Required range: x >= 0"),
        [("exclusiveMinimum", "shades", "no exclusiveMinimum"), ("minimum", "shades", "minimum 0")],
    ),
    "a bound where none was": (
        ("seed\nnumber", "seed\nnumber\nRequired range: x <= 99"),
        [("maximum", "seed", "maximum 99")],
    ),
    "a step where none was": (
        ("hue\nnumber", "hue\nnumber\nMust be a multiple of: `5`"),
        [("multipleOf", "hue", "multipleOf 5")],
    ),
    "a pattern where none was": (
        ("wicks.colour\nstring", "wicks.colour\nstring\nPattern: ^[a-z]+$"),
        [("pattern", "wicks[].colour", "pattern ^[a-z]+$")],
    ),
    "another default": (("default:30", "default:31"), [("default", "hue", "default 31")]),
    "another true default": (("default:false", "default:true"), [("default", "foldable", "default true")]),
    "no default": (("default:30\n", ""), [("default", "hue", "no default")]),
    "a default where none was": (
        ("shades\ninteger", "shades\ninteger\ndefault:2"),
        [("default", "shades", "default 2")],
    ),
    "a longer text": (
        ("Required string length: 2 - 90", "Required string length: 2 - 1800"),
        [("maxLength", "lamp_oil", "maxLength 1800")],
    ),
    "a text may be empty": (
        ("Required string length: 2 - 90", "Maximum string length: 90"),
        [("minLength", "lamp_oil", "no minLength")],
    ),
    "a longer list": (("Maximum array length: 3", "Maximum array length: 5"), [("maxItems", "ratios", "maxItems 5")]),
    "a list of any length": (("Maximum array length: 3\n", ""), [("maxItems", "ratios", "no maxItems")]),
    "a list may be empty": (
        ("Required array length: 1 - 4 elements", "Maximum array length: 4"),
        [("minItems", "wicks", "no minItems")],
    ),
    "a field within is gone": (("wicks.colour\nstring\n", ""), [("field_gone", "wicks[].colour", "absent")]),
    "a new field within": (
        ("wicks.colour\nstring\n", "wicks.colour\nstring\nwicks.age\nnumber\n"),
        [("field_new", "wicks[].age", "present")],
    ),
    "a bound within": (("-2 <= x <= 2", "-2 <= x <= 3"), [("maximum", "wicks[].length", "maximum 3")]),
    "a deprecated field": (
        ("shades\ninteger", "shades\ninteger\ndeprecated"),
        [("deprecated", "shades", "deprecated")],
    ),
    "a new deprecated name": (
        ("burnerwicks2030-06-01", "burnerwicks2030-06-01\nfoldUpfoldable2030-06-01"),
        [("alias_new", "alias foldUp", "present")],
    ),
    "a deprecated name is gone": (("burnerwicks2030-06-01\n", ""), [("alias_gone", "alias burner", "absent")]),
    "a deprecated name leads elsewhere": (
        ("burnerwicks2030-06-01", "burnerstand2030-06-01"),
        [("alias_target", "alias burner", "to stand")],
    ),
    "a deprecated name for longer": (
        ("burnerwicks2030-06-01", "burnerwicks2031-01-31"),
        [("alias_date", "alias burner", "until 2031-01-31")],
    ),
    "the operation is shut down": (
        ("Pricing\n", "This lamp is shut down on March 1, 2031.\n\nPricing\n"),
        [("sunset", "sunset", "2031-03-01")],
    ),
    "a price of more than a thousand": (
        ("$0.02 per request", "$1,200.50 per request"),
        [("price", "price", "$1200.5 per request")],
    ),
    "no price any more": (("Price: $0.02 per request", "Price: free"), [("price", "price", "$0")]),
    "another price": (("$0.02 per request", "$0.025 per request"), [("price", "price", "$0.025 per request")]),
    "a price per second": (("$0.02 per request", "$0.02/sec"), [("price", "price", "$0.02 per second")]),
    "no price": (("Price: $0.02 per request\n", ""), [("price", "price", "absent")]),
    "the operation ends": (
        ("Pricing\n", "This lamp is deprecated and will go on 2031-01-01.\n\nPricing\n"),
        [("deprecation", "deprecated", "deprecated"), ("sunset", "sunset", "2031-01-01")],
    ),
    "a badge": (("Lantern\n", "Lantern\nDeprecated\n"), [("deprecation", "deprecated", "deprecated")]),
    "a header is gone": (
        ("Headers\n\nX-Webhook-URL\nstring<uri>\n\nWhere to send word when the lamp is lit.\n", ""),
        [("parameter_gone", "header X-Webhook-URL", "absent")],
    ),
    "a new header": (
        ("X-Webhook-URL\nstring<uri>", "X-Oil\nstring\n\nWhich oil.\n\nX-Webhook-URL\nstring<uri>"),
        [("parameter_new", "header X-Oil", "present")],
    ),
    "a required header": (
        ("X-Webhook-URL\nstring<uri>", "X-Webhook-URL\nstring<uri>\nrequired"),
        [("required", "header X-Webhook-URL", "required")],
    ),
    "a question in the address": (
        ("Headers\n", "Query Parameters\n\nwind\nboolean\n\nHeaders\n"),
        [("parameter_new", "query wind", "present")],
    ),
    "another media type": (
        ("application/json\nlamp_oil", "multipart/form-data\nlamp_oil"),
        [("content_type", "body", "multipart/form-data")],
    ),
    "a field whose type is not shown any more": (
        ("hue\nnumber\n", "hue\n"),
        [("type", "hue", "no type")],
    ),
    "the token goes elsewhere": (
        ("Authorization\nstring\nheader\nrequired", "X-Lamp-Key\nstring\nheader\nrequired"),
        [("token", "token", "header X-Lamp-Key")],
    ),
    "no token": (
        ("Authorization\nstring\nheader\nrequired\n\nA token, said in front of the lamp.\n", ""),
        [("token", "token", "nowhere")],
    ),
    "a new state of a job": (
        ("lit,\nout\n", "lit,\nblown-out,\nout\n"),
        [("answer_enum", "answer status", "values waiting, lit, blown-out, out")],
    ),
    "a state that is gone": (("lit,\nout\n", "lit\n"), [("answer_enum", "answer status", "values waiting, lit")]),
    "a new field of the answer": (
        ("done_at\nnull\nrequired", "done_at\nnull\nrequired\ncost\nnumber"),
        [("answer_field_new", "answer cost", "present")],
    ),
    "a field of the answer is gone": (("flame\nobject\n", ""), [("answer_field_gone", "answer flame", "absent")]),
    "an answer of another type": (
        ("job_id\nstring<uuid>", "job_id\nnumber"),
        [("answer_type", "answer job_id", "type number")],
    ),
    "an answer that may be missing": (
        ("job_id\nstring<uuid>\nrequired", "job_id\nstring<uuid>"),
        [("answer_required", "answer job_id", "optional")],
    ),
}


def test_a_page_that_says_the_same_differs_in_nothing(page: Page, differences_of: DifferencesOf) -> None:
    assert differences_of(page("lantern.txt")) == []


@pytest.mark.parametrize(("edit", "expected"), CHANGES.values(), ids=CHANGES)
def test_each_change_is_told_and_nothing_else(
    edit: Edit, expected: list[tuple[str, str, str]], page: Page, differences_of: DifferencesOf
) -> None:
    assert sorted(differences_of(page("lantern.txt", edit))) == sorted(expected)


NOISE: dict[str, Edit] = {
    "constants that are not shown": (
        "steps\nenum<number>\ndefault:8\nAvailable options:\n4,\n8\n",
        "steps\ndefault:8\n",
    ),
    "another random seed": ("default:823423", "default:1"),
    "another order of values": ("clear,\n16:9,\namber\n", "amber,\nclear,\n16:9\n"),
    "another order of fields": (
        (
            "hue\nnumber\ndefault:30\n\nColour of the light in degrees.\n\nRequired range: 0 <= x <= 360\n"
            "shades\ninteger\nRequired range: x > 0\n"
        ),
        "shades\ninteger\nRequired range: x > 0\nhue\nnumber\ndefault:30\nRequired range: 0 <= x <= 360\n",
    ),
    "another order of deprecated names": (
        "lampOillamp_oil2030-06-01\nburnerwicks2030-06-01",
        "burnerwicks2030-06-01\nlampOillamp_oil2030-06-01",
    ),
    "another order within a field": (
        "hue\nnumber\ndefault:30\n\nColour of the light in degrees.\n\nRequired range: 0 <= x <= 360\n",
        "hue\nnumber\nRequired range: 0 <= x <= 360\ndefault:30\n",
    ),
    "other words": ("Colour of the light in degrees.", "Which light: 30 is warm, 200 is cold."),
    "several lines of words": (
        "Colour of the light in degrees.",
        "Which light.\n\nNote: 30 is warm.\nSee the guide to light.",
    ),
    "no words": ("\nColour of the light in degrees.\n\n", ""),
    "a title": ("lantern\nLantern\n", "lantern\nLantern, carried\n"),
    "another sample": ('"whale, or none"', '"deprecated oil at $3"'),
    "the list is folded": (
        "Show child attributes\nwicks.length\nnumber\nrequired\nRequired range: -2 <= x <= 2\nwicks.colour\nstring\n",
        "",
    ),
    "an example": ("stand\nobject", 'stand\nobject\nExample:\n{ "legs": 3 }\n'),
    "a status above the answer": ("Response\n\n", "Response\n\n200\napplication/json\n"),
    "a question to the reader": (
        "flame\nobject\n",
        "flame\nobject\n\nWas this page helpful?\nYes\nNo\nTorch\nPowered by lamps\n",
    ),
    "a sentence about deprecated names": (
        "The aliases below still work.",
        "The deprecated aliases below work until their day.",
    ),
}


@pytest.mark.parametrize("edit", NOISE.values(), ids=NOISE)
def test_what_means_nothing_is_not_told(edit: Edit, page: Page, differences_of: DifferencesOf) -> None:
    assert differences_of(page("lantern.txt", edit)) == []


STRANGE: dict[str, tuple[Edit, str]] = {
    "a type": (("shades\ninteger", "shades\nintegre"), "integre"),
    "a field without a type": (("seed\nnumber\ndefault:823423", "seed"), "'seed'"),
    "a fact": (("Maximum array length: 3", "Maximum array width: 3"), "Maximum array width: 3"),
    "a fact behind a description": (
        ("Required range: 0 <= x <= 360", "Required range: 0 to 360"),
        "Required range: 0 to 360",
    ),
    "a line among facts": (("default:30\n", "default:30\nhalf transparent\n"), "half transparent"),
    "options that break off": (("16:9,\namber\n", "16:9\namber\n"), "amber"),
    "a price": (("Price: $0.02 per request", "Price: 2 cents per request"), "2 cents"),
    "a row of deprecated names": (("burnerwicks2030-06-01", "burnerwicks"), "burnerwicks"),
    "names that cannot be told apart": (("burnerwicks2030-06-01", "zzzyyyxxx2030-06-01"), "zzzyyyxxx"),
    "a field twice": (("shades\ninteger", "hue\nnumber\nshades\ninteger"), "listed twice"),
    "a body without a media type": (("application/json\nlamp_oil", "lamp_oil"), "media type"),
    "a page that breaks off": (("Response\n\nThe lamp", "The lamp"), "no section Response"),
    "a sample of another operation": (
        ("api.example.com/generate/image/acme/lantern", "api.example.com/generate/image/acme/torch"),
        "the sample calls",
    ),
    "an inner field without its outer one": (("wicks.colour\nstring", "wings.colour\nstring"), "wings"),
}


@pytest.mark.parametrize(("edit", "complaint"), STRANGE.values(), ids=STRANGE)
def test_what_is_not_understood_is_an_error_with_its_line(
    edit: Edit, complaint: str, page: Page, problem: Problem
) -> None:
    text = page("lantern.txt", edit)
    unreadable = problem(text)
    assert complaint in unreadable.message
    assert unreadable.line is not None
    near = text.split("\n")[max(unreadable.line - 3, 0) : unreadable.line + 2]
    changed = [line for line in edit[1].split("\n") if line]
    assert any(line.strip() in " ".join(near) for line in changed) or unreadable.line >= text.count("\n") - 1


# What is not understood of a page, and a fact of it that is another.
BESIDE: dict[str, tuple[Edit, str]] = {
    "a type": (("shades\ninteger", "shades\nintegre"), "'shades'"),
    "a fact": (("default:30\n", "default:30\nStep: 15\n"), "Step: 15"),
    "a field without a type": (("seed\nnumber\ndefault:823423", "seed"), "'seed'"),
    "a field twice": (("shades\ninteger", "hue\nnumber\nshades\ninteger"), "listed twice"),
    "an inner field without its outer one": (("wicks.colour\nstring", "wings.colour\nstring"), "wings"),
}


@pytest.mark.parametrize(("edit", "complaint"), BESIDE.values(), ids=BESIDE)
def test_what_is_not_understood_of_a_page_hides_nothing_else(
    edit: Edit, complaint: str, page: Page, differences_of: DifferencesOf
) -> None:
    text = page("lantern.txt", edit).replace("x <= 360", "x <= 300")
    reported = differences_of(text)
    assert [says for kind, _, says in reported if kind == "not_understood" and complaint in says] != []
    assert ("maximum", "hue", "maximum 300") in reported
    assert {kind for kind, about, _ in reported if about != "wicks[].colour"} == {"not_understood", "maximum"}


def test_several_pages_in_one_text_are_read_one_by_one(page: Page, differences_of: DifferencesOf) -> None:
    first_page = page("lantern.txt")
    second_page = page("lantern.txt", ("default:30", "default:40"))
    assert differences_of(first_page.rstrip("\n") + second_page) == [("default", "hue", "default 40")]


def test_the_line_of_the_page_is_told(page: Page, verdicts_of: Callable[..., list[object]]) -> None:
    text = page("lantern.txt", ("default:30", "default:40"))
    [verdict] = verdicts_of(text)
    [difference] = verdict.differences  # type: ignore[attr-defined]  # a Verdict, whose type fixtures do not carry
    assert text.split("\n")[difference.line - 1] == "hue"


def test_a_page_of_an_unknown_operation_is_a_new_operation(page: Page, differences_of: DifferencesOf) -> None:
    text = page("lantern.txt").replace("acme/lantern", "acme/glow").replace("/\nlantern\n", "/\nglow\n")
    assert differences_of(text) == [("operation_new", "", "present")]


def test_prices_by_the_values_of_fields_are_compared_row_by_row(page: Page, differences_of: DifferencesOf) -> None:
    text = page("lantern.txt", ("Price: $0.02 per request", "ModePrice\ndimfalse$0.1/sec\nbrightfalse$0.25/sec"))
    body = text.index("lamp_oil\nstring")
    text = (
        text[:body]
        + "mode\nenum<string>\nAvailable options:\ndim,\nbright\nsound\nboolean\n"
        + text[text.index("\nResponse\n") :]
    )
    text = text.replace("acme/lantern", "acme/torch").replace("/\nlantern\n", "/\ntorch\n")
    text = text[: text.index("The aliases below")] + text[text.index("Authorizations") :]
    text = text.replace("Headers\n\nX-Webhook-URL\nstring<uri>\n\nWhere to send word when the lamp is lit.\n", "")
    assert differences_of(text) == [("price", "price bright false", "$0.25 per second")]


SILENT = {"number", "boolean", "enum<number>", "default:823423", "Show child attributes", "required"}


def fact_lines() -> list[int]:
    """Return the lines of the page's body and tables that state something: no descriptions, nothing that may be left out."""
    page = (Path(__file__).parent / "pages" / "lantern.txt").read_text("utf-8").split("\n")
    first, last = page.index("Body"), page.index("Response")
    body = [at for at in range(first, last) if page[at] and not page[at].endswith((".", "wicks"))]
    tables = [at for at, line in enumerate(page) if line.startswith("Price:") or line.endswith("2030-06-01")]
    return [at for at in (*tables, *body) if page[at] not in SILENT and not page[at].startswith("The ")]


@pytest.mark.parametrize("at", fact_lines())
def test_no_line_that_states_a_fact_is_skipped(at: int, page: Page, differences_of: DifferencesOf) -> None:
    lines = page("lantern.txt").split("\n")
    for changed in ([*lines[:at], *lines[at + 1 :]], [*lines[:at], f"{lines[at]}Q", *lines[at + 1 :]]):
        try:
            differences = differences_of("\n".join(changed))
        except Unreadable:
            continue
        assert differences != []


def test_an_older_page_is_read_the_right_way_round(page: Page, verdicts_of: Callable[..., Any]) -> None:
    """A page with a deprecated name as a field, and no table of them, was written before the change."""
    text = page("lantern.txt")
    table = text[text.index("DeprecatedUse insteadAccepted until") :]
    rows = table.split("\n")[1:]
    old, new = next((row, name) for row in rows for name in ("wicks",) if row.startswith("burner"))[0].partition(
        "wicks"
    )[::2]
    assert old == "burner", new
    start, end = text.index("DeprecatedUse"), text.index("Authorizations")
    older = (text[:start] + text[end:]).replace("\nwicks", "\nburner")
    (verdict,) = verdicts_of(older)
    assert verdict.differences[0].kind == "older"
    assert "burner (wicks now)" in verdict.differences[0].text
    assert not any(difference.kind == "field_renamed" for difference in verdict.differences)


def test_a_note_on_the_index_and_a_head_with_a_digit_mean_nothing(page: Page, differences_of: DifferencesOf) -> None:
    note = "Documentation Index\nFetch the complete documentation index at: https://www.krea.ai/docs/llms.txt\n"
    head = ("Price: $0.02 per request", f"{note}Pricing\n\nV2 Price GroupPrice\nText to image$0.02 per request")
    assert [kind for kind, _, _ in differences_of(page("lantern.txt", head)) if kind == "not_understood"] == []
