"""Pages as Markdown: the embedded document tells the fields, the text above it prices and deprecated names."""

from collections.abc import Callable

import pytest

from krea_client.cli.document_diff.operation_facts import Unreadable

Edit = tuple[str, str]
Page = Callable[..., str]
Problem = Callable[[str], Unreadable]
DifferencesOf = Callable[..., list[tuple[str, str, str]]]

CHANGES: dict[str, tuple[Edit, list[tuple[str, str, str]]]] = {
    "a new field": (
        ("                seed:\n", "                tint:\n                  type: string\n                seed:\n"),
        [("field_new", "tint", "present")],
    ),
    "a field is gone": (
        ("                foldable:\n                  type: boolean\n                  default: false\n", ""),
        [("field_gone", "foldable", "absent")],
    ),
    "a field is renamed": (
        ("                foldable:\n", "                can_fold:\n"),
        [("field_renamed", "foldable", "called can_fold")],
    ),
    "a field within is gone": (
        ("                    wood:\n                      type: string\n", ""),
        [("field_gone", "stand.wood", "absent")],
    ),
    "a bound within": (("minimum: 3", "minimum: 4"), [("minimum", "stand.legs", "minimum 4")]),
    "optional within": (
        ("                    required:\n                      - length\n", ""),
        [("required", "wicks[].length", "optional")],
    ),
    "items without a format": (
        ("                    format: uri\n                    maxLength: 9\n", "                    maxLength: 9\n"),
        [("format", "ratios[]", "no format")],
    ),
    "a value that looks like a number": (("- 16:9", "- 16:10"), [("enum", "glass", "values amber, clear, 16:10")]),
    "one of several constants": (("const: 8", "const: 16"), [("enum", "steps", "values 4, 16")]),
    "not null any more": (
        (
            (
                "                  anyOf:\n                    - type: string\n                      format: uri\n"
                "                    - type: 'null'\n"
            ),
            "                  type: string\n                  format: uri\n",
        ),
        [("type", "photo_url", "type string")],
    ),
    "an open body": (("              additionalProperties: false\n", ""), [("closed", "(body)", "not closed")]),
    "another price": ((r"\$0.02", r"\$0.03"), [("price", "price", "$0.03 per request")]),
    "no price": (("Price: \\$0.02 per request\n", ""), [("price", "price", "absent")]),
    "a deprecated name is gone": (
        ("  | `burner`   | `wicks`     | 2030-06-01     |\n", ""),
        [("alias_gone", "alias burner", "absent")],
    ),
    "a new deprecated name": (
        ("  | `burner`", "  | `fold_up` | `foldable` | 2030-06-01 |\n  | `burner`"),
        [("alias_new", "alias fold_up", "present")],
    ),
    "a deprecated name for longer": (
        ("| `wicks`     | 2030-06-01 ", "| `wicks`     | 2030-07-01 "),
        [("alias_date", "alias burner", "until 2030-07-01")],
    ),
    "the operation ends": (
        ("      summary: Lantern\n", "      summary: Lantern\n      deprecated: true\n"),
        [("deprecation", "deprecated", "deprecated")],
    ),
    "the text says that it ends": (
        ("## Pricing", "<Warning>Sunset on 2031-01-01.</Warning>\n\n## Pricing"),
        [("sunset", "sunset", "2031-01-01"), ("deprecation", "deprecated", "deprecated")],
    ),
    "a new status of answers": (
        ("        '200':\n", "        '418':\n          description: A teapot.\n        '200':\n"),
        [("status_new", "status 418", "present")],
    ),
    "a new field in the answer": (
        (
            "                  done_at:\n",
            "                  cost:\n                    type: number\n                  done_at:\n",
        ),
        [("answer_field_new", "answer cost", "present")],
    ),
    "an answer of any type": (
        (
            "                    type: string\n                    enum:\n                      - waiting\n",
            "                    enum:\n                      - waiting\n",
        ),
        [],
    ),
    "an answer that may be anything": (
        ("                    type: string\n                    format: uuid\n", "                    format: uuid\n"),
        [("answer_type", "answer job_id", "any type")],
    ),
    "no answer": (("      responses:\n", "      externalDocs:\n"), [("answer_gone", "answer", "absent")]),
    "no body": (("      requestBody:\n", "      externalDocs:\n"), [("body_gone", "body", "absent")]),
}


def test_a_page_that_says_the_same_differs_in_nothing(page: Page, differences_of: DifferencesOf) -> None:
    assert differences_of(page("lantern.md")) == []


@pytest.mark.parametrize(("edit", "expected"), CHANGES.values(), ids=CHANGES)
def test_each_change_is_told_and_nothing_else(
    edit: Edit, expected: list[tuple[str, str, str]], page: Page, differences_of: DifferencesOf
) -> None:
    assert sorted(differences_of(page("lantern.md", edit))) == sorted(expected)


def test_a_decided_difference_is_told_again_when_it_becomes_another(page: Page, differences_of: DifferencesOf) -> None:
    assert differences_of(page("lantern.md", ("maximum: 360", "maximum: 400"))) == []
    assert differences_of(page("lantern.md", ("maximum: 360", "maximum: 401"))) == [("maximum", "hue", "maximum 401")]
    # The row speaks of documents, so a page that says it is news.
    assert differences_of(page("lantern.txt", ("x <= 360", "x <= 400"))) == [("maximum", "hue", "maximum 400")]


STRANGE: dict[str, tuple[Edit, str, str]] = {
    "no YAML": (
        (
            "            schema:\n              type: object\n              properties:\n                glass:",
            "            schema: [\n              type: object\n              properties:\n                glass:",
        ),
        "no good YAML",
        "",
    ),
    "a field twice": (
        (
            "                shades:\n",
            "                hue:\n                  type: string\n                shades:\n",
        ),
        "the key hue stands twice",
        "hue:",
    ),
    "a keyword": (
        ("                shades:\n", "                shades:\n                  dependentSchemas: {}\n"),
        "the keyword dependentSchemas",
        "dependentSchemas",
    ),
    "a reference into nothing": (
        (
            "                shades:\n                  type: integer\n                  exclusiveMinimum: 0\n",
            "                shades:\n                  $ref: '#/components/schemas/Shades'\n",
        ),
        "leads nowhere",
        "shades:",
    ),
    "no document": (("openapi: 3.1.0\n", ""), "no OpenAPI 3.x document", "````yaml"),
    "another operation": (
        ("  /generate/image/acme/lantern:\n", "  /generate/image/acme/lampion:\n"),
        "does not hold it",
        "````yaml",
    ),
    "a block that never ends": (
        ("                  - done_at\n````", "                  - done_at\n"),
        "does not end",
        "````yaml",
    ),
    "no block": (
        ("````yaml https://api.example.com/openapi.json post /generate/image/acme/lantern", "````yaml"),
        "a block was expected",
        "## OpenAPI",
    ),
    "a price": ((r"Price: \$0.02 per request", "Price: 0.02 EUR"), "this price", "Price"),
}


@pytest.mark.parametrize(("edit", "complaint", "line"), STRANGE.values(), ids=STRANGE)
def test_what_is_not_understood_is_an_error_with_its_line(
    edit: Edit, complaint: str, line: str, page: Page, problem: Problem
) -> None:
    text = page("lantern.md", edit)
    unreadable = problem(text)
    assert complaint in unreadable.message
    assert unreadable.line is not None
    assert line in "\n".join(text.split("\n")[unreadable.line - 2 : unreadable.line])
