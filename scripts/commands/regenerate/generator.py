"""Runs openapi-python-client on the Python view, with our templates, and takes no warning for an answer."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from openapi_python_client import Project
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import snake_case

from regenerate.change_wording import class_description, described
from regenerate.operation_files import operations
from regenerate.public_names import names_of

from .bodies import body_of, class_names
from .bundle import Document
from .problems import GenerationFailed
from .references import resolve
from .table import entries


class TemplateCode(BytecodeCache):
    """Keeps compiled templates for later generations of this process: compiling takes half the time of a small one."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002  # the same wherever it is
        """Return what a template is kept by. Jinja compares its source as well."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, unless the template is new."""
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code in the bucket."""
        self._code[bucket.key] = bucket.bytecode_to_string()


TEMPLATE_CODE = TemplateCode()


def generate(document: Document, view: Document, templates: Path, package: Path) -> None:
    """Write the raw package. Raises GenerationFailed for every warning and error of the generator."""
    options = ConfigFile.load_from_path(templates / "config.yaml")
    options.class_overrides = {**_modules(document), **(options.class_overrides or {})}
    config = Config.from_sources(options, MetaType.NONE, "", "utf-8", False, package)
    data = GeneratorData.from_dict(view, config=config)
    if isinstance(data, GeneratorError):
        raise GenerationFailed(_said([data]))
    describe(data, document)
    project = Project(openapi=data, config=config, custom_template_path=templates)
    project.env.bytecode_cache = TEMPLATE_CODE
    _give_facts(project, document)
    with contextlib.redirect_stdout(io.StringIO()):
        errors = project.build()
    if errors:
        raise GenerationFailed(_said(errors))
    own_templates = {path.relative_to(templates).as_posix() for path in templates.rglob("*.jinja")}
    read = {name for _, name in (project.env.cache or {})}
    if idle := sorted(own_templates - read):
        raise GenerationFailed(
            f"templates/{name}: the generator never reads it; remove it or mend its name" for name in idle
        )


def _modules(document: Document) -> dict[str, ClassOverride]:
    """Rename modules as people would call them: the generator makes kling_30_request and hunyuan_3_d_format."""
    modules = {
        name: re.sub(r"(\d)_([a-z])(?=_|$)", r"\1\2", snake_case(name)) for name in document["components"]["schemas"]
    }
    for path, _, operation in operations(document):
        if names := names_of(path):
            modules.update(dict.fromkeys(class_names(document, body_of(document, operation)), names.request_module))
    return {name: ClassOverride(module_name=module) for name, module in modules.items()}


def describe(data: GeneratorData, document: Document) -> None:
    """Put our wording where the generator drops it: beside references, on parameters, for bounds and defaults."""
    entry_of = {name: entry for entry in entries(document) for name in entry["request_classes"]}
    for model in data.models:
        name = model.class_info.name
        schema = document["components"]["schemas"].get(name)
        if schema is None:
            raise GenerationFailed(
                [f"the generator makes a class {name} that no component is called; rename the component"]
            )
        model.description = UntrustedString(class_description(schema, entry_of.get(name)))
        for field in (*(model.required_properties or ()), *(model.optional_properties or ())):
            _word(field, document, schema["properties"][field.name.get_untrusted_value()])
    parameters = {operation["operationId"]: operation.get("parameters", ()) for _, _, operation in operations(document)}
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            told = {
                told["name"]: told for told in (resolve(document, parameter) for parameter in parameters[endpoint.name])
            }
            for _, field in endpoint.iter_all_parameters():
                parameter = told[field.name.get_untrusted_value()]
                _word(field, document, {**parameter["schema"], "description": parameter["description"]})


def _word(field: Any, document: Document, schema: dict[str, Any]) -> None:
    field.description = UntrustedString(described(document, schema))


def _give_facts(project: Project, document: Document) -> None:
    """Give templates what the generator does not: the address of the API, the page and the end of an operation."""
    pages = {op["operationId"]: op.get("externalDocs", {}).get("url") for _, _, op in operations(document)}
    deprecated = {op["operationId"] for _, _, op in operations(document) if op.get("deprecated")}

    def source_page(endpoint: Endpoint) -> UntrustedString | None:
        page = pages[endpoint.name]
        return UntrustedString(page) if page else None

    def is_deprecated(endpoint: Endpoint) -> bool:
        return endpoint.name in deprecated

    server = UntrustedString(document["servers"][0]["url"])
    project.env.globals.update(server=server, source_page=source_page, is_deprecated=is_deprecated)


def _said(errors: Iterable[GeneratorError]) -> Iterable[str]:
    for error in errors:
        data = getattr(error, "data", None)
        about = f" [{data.model_dump_json(exclude_unset=True, by_alias=True)[:300]}]" if data is not None else ""
        yield f"openapi-python-client: {error.header.strip()} {error.detail or ''}{about}".strip()
