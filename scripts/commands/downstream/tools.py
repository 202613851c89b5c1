"""Which generators are tried, how each is called, and which of their words are not about us.

Versions are pinned beside this file: package.json and package-lock.json for Node, constraints.txt for Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Runtime = Literal["python", "node", "java"]
MYPY = "mypy --no-incremental"
_LATEST_31 = ("OpenAPI 3.1 support is still in beta", "it says so of every 3.1 document")
_NO_NAME = ("Failed to get the schema name: null", "it says so of a document with one string schema too")


@dataclass(frozen=True)
class Tool:
    """One program: the package whose version counts, and the commands that must all end well.

    In a command `{document}` is openapi.json; the folder of the tool is the current one, and empty at first. `expected`
    are words that may come although they sound like a warning, each with the reason why they are not about our document.
    `program` is a file of programs/ that calls what was made, and `run` the last command that starts it, after those that prepare it;
    `settings` are the name and the text of a file that the generator reads; `sends` are fields that the generator sends with
    the server's default, whoever calls it. `{document30}` is the document as OpenAPI 3.0.
    """

    name: str
    package: str
    runtime: Runtime
    commands: tuple[str, ...]
    verdict: str
    made: str = ""
    expected: tuple[tuple[str, str], ...] = ()
    tsc: bool = False
    program: str = ""
    run: str = ""
    sends: frozenset[str] = frozenset()
    settings: tuple[str, str] | None = None


# Generators whose requests hold the defaults of the server from their first moment on; none has an option against it.
_WITH_DEFAULTS = frozenset({"denoising_strength", "skip_prompt_expansion"})
BUNDLED = (
    "esbuild calls.ts --bundle --packages=external --platform=node --format=esm --log-level=error --outfile=calls.mjs"
)
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
        "spectral lint",
        "@stoplight/spectral-cli",
        "node",
        ("spectral lint --fail-severity=hint --ruleset ruleset.yaml {document}",),
        "recommended rules, no finding",
        settings=("ruleset.yaml", "extends: spectral:oas\n"),
    ),
    Tool(
        "openapi-typescript",
        "openapi-typescript",
        "node",
        # Without the option, a field with a default is required in a request as well.
        ("openapi-typescript {document} -o schema.ts --default-non-nullable=false",),
        "tsc --strict, called",
        "schema.ts",
        tsc=True,
        program="openapi_fetch.ts",
        run="node calls.mjs",
    ),
    Tool(
        "@hey-api/openapi-ts",
        "@hey-api/openapi-ts",
        "node",
        ("openapi-ts -i {document} -o krea --no-log-file",),
        "tsc --strict, called",
        "krea/**/*.ts",
        tsc=True,
        program="hey_api.ts",
        run="node calls.mjs",
    ),
    Tool(
        "orval",
        "orval",
        "node",
        # Only settings of its own, not its options, give functions an argument for headers.
        ("orval --config orval.config.mjs --fail-on-warnings",),
        "tsc --strict, called",
        "krea/**/*.ts",
        tsc=True,
        program="orval.ts",
        run="node calls.mjs",
        settings=(
            "orval.config.mjs",
            (
                'export default { krea: { input: "{document}", output: '
                '{ target: "krea/krea.ts", client: "fetch", mode: "tags-split", headers: true } } };\n'
            ),
        ),
    ),
    Tool(
        "swagger-typescript-api",
        "swagger-typescript-api",
        "node",
        ("swagger-typescript-api generate --path {document} --output . --name krea.ts --enum-style union",),
        "tsc --strict, called",
        "krea.ts",
        tsc=True,
        program="swagger_typescript_api.ts",
        run="node calls.mjs",
    ),
    Tool(
        "openapi-zod-client, 3.0",
        "openapi-zod-client",
        "node",
        ("openapi-zod-client {document30} --output krea.ts --with-alias",),
        "tsc --strict, called",
        "krea.ts",
        tsc=True,
        program="openapi_zod_client.ts",
        run="node calls.mjs",
    ),
    Tool(
        "kubb",
        "@kubb/core",
        "node",
        ("kubb generate --config kubb.config.mjs",),
        "tsc --strict, called",
        "krea/**/*.ts",
        tsc=True,
        program="kubb.ts",
        run="node calls.mjs",
        settings=(
            "kubb.config.mjs",
            (
                'import { pluginClient } from "@kubb/plugin-client";\nimport { pluginOas } from "@kubb/plugin-oas";\n'
                'import { pluginTs } from "@kubb/plugin-ts";\n'
                'export default { root: ".", input: { path: "{document}" }, '
                'output: { path: "krea", clean: true, format: false }, '
                "plugins: [pluginOas({ generators: [] }), pluginTs(), "
                'pluginClient({ client: "fetch", bundle: true, dataReturnType: "full" })] };\n'
            ),
        ),
    ),
    Tool(
        "openapi-typescript-codegen",
        "openapi-typescript-codegen",
        "node",
        # Its command has the name of one of redocly's.
        (
            (
                "node ../../node_modules/openapi-typescript-codegen/bin/index.js"
                " --input {document} --output krea --client fetch --useUnionTypes"
            ),
        ),
        "tsc --strict, called",
        "krea/**/*.ts",
        tsc=True,
        program="openapi_typescript_codegen.ts",
        run="node calls.mjs",
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
            f"{MYPY} --strict models.py",
            "python -W error -c 'import models'",
        ),
        "mypy --strict, called",
        "models.py",
        program="datamodel.python",
        run="python -W error calls.py",
    ),
    Tool(
        "openapi-python-client, stock",
        "openapi-python-client",
        "python",
        (
            "openapi-python-client generate --path {document} --output-path made --fail-on-warning",
            f"{MYPY} --strict made",
        ),
        "mypy --strict, called",
        "made/**/*.py",
        program="openapi_python_client.python",
        run="env PYTHONPATH=made python calls.py",
        sends=_WITH_DEFAULTS,
    ),
    Tool(
        "openapi-generator, python",
        "openapi-generator-cli",
        "java",
        (
            "openapi-generator-cli generate -i {document} -g python -o made",
            f"{MYPY} --config-file made/pyproject.toml made/openapi_client",
            "python -W error -c 'import sys; sys.path.insert(0, \"made\"); import openapi_client.api'",
        ),
        "mypy with its own settings, called",
        "made/openapi_client/**/*.py",
        (_LATEST_31, _NO_NAME),
        program="openapi_generator.python",
        run="python calls.py",
        sends=_WITH_DEFAULTS,
    ),
    Tool(
        "openapi-generator, typescript-fetch",
        "openapi-generator-cli",
        "java",
        ("openapi-generator-cli generate -i {document} -g typescript-fetch -o made",),
        "tsc --strict, called",
        "made/**/*.ts",
        (_LATEST_31, _NO_NAME),
        tsc=True,
        program="typescript_fetch.ts",
        run="node calls.mjs",
    ),
    Tool(
        "openapi-generator, typescript-fetch, 3.0",
        "openapi-generator-cli",
        "java",
        ("openapi-generator-cli generate -i {document30} -g typescript-fetch -o made",),
        "tsc --strict, called",
        "made/**/*.ts",
        expected=(_NO_NAME,),
        tsc=True,
        program="typescript_fetch.ts",
        run="node calls.mjs",
    ),
)
