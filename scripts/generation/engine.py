"""Runs openapi-python-client on the Python view, with our templates, and takes no warning for an answer."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.schema.untrusted_string import UntrustedString

from .bundle import Document
from .operations import operations
from .problems import GenerationFailed
from .references import resolve
from .table import entries
from .wording import described


def generate(document: Document, view: Document, templates: Path, package: Path) -> None:
    """Writes the raw package. Raises GenerationFailed for every warning and error of the generator."""
    config = Config.from_sources(
        ConfigFile.load_from_path(templates / "config.yaml"), MetaType.NONE, "", "utf-8", False, package
    )
    data = GeneratorData.from_dict(view, config=config)
    if isinstance(data, GeneratorError):
        raise GenerationFailed(_said([data]))
    describe(data, document)
    project = Project(openapi=data, config=config, custom_template_path=templates)
    _give_facts(project, document)
    with contextlib.redirect_stdout(io.StringIO()):
        errors = project.build()
    if errors:
        raise GenerationFailed(_said(errors))
    ours = {path.relative_to(templates).as_posix() for path in templates.rglob("*.jinja")}
    read = {name for _, name in (project.env.cache or {})}
    if idle := sorted(ours - read):
        raise GenerationFailed(
            f"templates/{name}: the generator never reads it; remove it or mend its name" for name in idle
        )


def describe(data: GeneratorData, document: Document) -> None:
    """Puts our wording where the generator drops it: beside references, on parameters, for bounds and defaults."""
    pages = {entry["request_class"]: entry["docs_url"] for entry in entries(document)}
    for model in data.models:
        name = model.class_info.name
        schema = document["components"]["schemas"].get(name)
        if schema is None:
            raise GenerationFailed(
                [f"the generator makes a class {name} that no component is called; rename the component"]
            )
        if page := pages.get(name):
            model.description = UntrustedString(f"{schema['description']}\n\nSource: {page}")
        for field in (*(model.required_properties or ()), *(model.optional_properties or ())):
            _word(field, document, schema["properties"][field.name.get_untrusted_value()])
    parameters = {operation["operationId"]: operation.get("parameters", ()) for _, _, operation in operations(document)}
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            told = {told["name"]: told for told in (resolve(document, it) for it in parameters[endpoint.name])}
            for _, field in endpoint.iter_all_parameters():
                parameter = told[field.name.get_untrusted_value()]
                _word(field, document, {**parameter["schema"], "description": parameter["description"]})


def _word(field: Any, document: Document, schema: dict[str, Any]) -> None:
    field.description = UntrustedString(described(document, schema))


def _give_facts(project: Project, document: Document) -> None:
    """Gives templates what the generator does not: the address of the API and the page of an operation."""
    pages = {op["operationId"]: op.get("externalDocs", {}).get("url") for _, _, op in operations(document)}

    def source_page(endpoint: Endpoint) -> UntrustedString | None:
        page = pages[endpoint.name]
        return UntrustedString(page) if page else None

    project.env.globals.update(server=UntrustedString(document["servers"][0]["url"]), source_page=source_page)


def _said(errors: Iterable[GeneratorError]) -> Iterable[str]:
    for error in errors:
        data = getattr(error, "data", None)
        about = f" [{data.model_dump_json(exclude_unset=True, by_alias=True)[:300]}]" if data is not None else ""
        yield f"openapi-python-client: {error.header.strip()} {error.detail or ''}{about}".strip()
