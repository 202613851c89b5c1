"""Which generators are tried, how each is called, and which of their words are not about us.

Versions are pinned beside this file: package.json and package-lock.json for Node, constraints.txt for Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Runtime = Literal["python", "node", "java"]
_MYPY = "mypy --no-incremental"
_LATEST_31 = ("OpenAPI 3.1 support is still in beta", "it says so of every 3.1 document")
_NO_NAME = ("Failed to get the schema name: null", "it says so of a document with one string schema too")


@dataclass(frozen=True)
class Tool:
    """One program: the package whose version counts, and the commands that must all end well.

    In a command `{document}` is openapi.json; the folder of the tool is the current one, and empty at first. `expected`
    are words that may come although they sound like a warning, each with the reason why they are not about our document.
    """

    name: str
    package: str
    runtime: Runtime
    commands: tuple[str, ...]
    verdict: str
    made: str = ""
    expected: tuple[tuple[str, str], ...] = ()
    tsc: bool = False


TOOLS = (
    Tool(
        "openapi-spec-validator",
        "openapi-spec-validator",
        "python",
        ("openapi-spec-validator {document}",),
        "valid OpenAPI 3.1",
    ),
    Tool(
        "redocly lint",
        "@redocly/cli",
        "node",
        ("redocly lint --extends=recommended {document}",),
        "recommended rules, no finding",
    ),
    Tool(
        "openapi-typescript",
        "openapi-typescript",
        "node",
        ("openapi-typescript {document} -o schema.ts",),
        "tsc --strict",
        "schema.ts",
        tsc=True,
    ),
    Tool(
        "@hey-api/openapi-ts",
        "@hey-api/openapi-ts",
        "node",
        ("openapi-ts -i {document} -o krea --no-log-file",),
        "tsc --strict",
        "krea/**/*.ts",
        tsc=True,
    ),
    Tool(
        "orval",
        "orval",
        "node",
        ("orval --input {document} --output krea/krea.ts --client fetch --mode tags-split --fail-on-warnings",),
        "tsc --strict",
        "krea/**/*.ts",
        tsc=True,
    ),
    Tool(
        "datamodel-code-generator",
        "datamodel-code-generator",
        "python",
        (
            (
                "datamodel-codegen --input {document} --input-file-type openapi --output models.py"
                " --output-model-type pydantic_v2.BaseModel --target-python-version 3.11 --formatters builtin"
                " --use-annotated --set-default-enum-member"
            ),
            f"{_MYPY} --strict models.py",
            "python -W error -c 'import models'",
        ),
        "mypy --strict, imported",
        "models.py",
    ),
    Tool(
        "openapi-python-client, stock",
        "openapi-python-client",
        "python",
        (
            "openapi-python-client generate --path {document} --output-path made --fail-on-warning",
            f"{_MYPY} --strict made",
        ),
        "mypy --strict",
        "made/**/*.py",
    ),
    Tool(
        "openapi-generator, python",
        "openapi-generator-cli",
        "java",
        (
            "openapi-generator-cli generate -i {document} -g python -o made",
            f"{_MYPY} --config-file made/pyproject.toml made/openapi_client",
            "python -W error -c 'import sys; sys.path.insert(0, \"made\"); import openapi_client.api'",
        ),
        "mypy with its own settings, imported",
        "made/openapi_client/**/*.py",
        (_LATEST_31, _NO_NAME),
    ),
    Tool(
        "openapi-generator, typescript-fetch",
        "openapi-generator-cli",
        "java",
        ("openapi-generator-cli generate -i {document} -g typescript-fetch -o made",),
        "tsc --strict",
        "made/**/*.ts",
        (_LATEST_31, _NO_NAME),
        tsc=True,
    ),
)
