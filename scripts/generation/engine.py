"""Runs openapi-python-client on the Python view, with our templates, and takes no warning for an answer."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.schema.untrusted_string import UntrustedString

from .bundle import Document
from .problems import GenerationFailed
from .references import resolve
from .table import entries, operations
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
    loaded = {name for _, name in (project.env.cache or {})}
    if idle := sorted(
        path.name for path in templates.glob("**/*.jinja") if path.relative_to(templates).as_posix() not in loaded
    ):
        raise GenerationFailed(
            f"templates/{name}: the generator never reads it; remove it or mend its name" for name in idle
        )


def describe(data: GeneratorData, document: Document) -> None:
    """Puts our wording where the generator drops it: beside references, on parameters, for bounds and defaults."""
    pages = dict(_request_pages(document))
    for model in data.models:
        if page := pages.get(model.class_info.name):
            _set(model, f"{document['components']['schemas'][model.class_info.name]['description']}\n\nSource: {page}")
        schema = document["components"]["schemas"].get(model.class_info.name, {})
        for field in (*(model.required_properties or ()), *(model.optional_properties or ())):
            _word(field, document, schema.get("properties", {}).get(field.name.get_untrusted_value()))
    by_id = {operation["operationId"]: operation for _, _, operation in operations(document)}
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            told = [resolve(document, parameter) for parameter in by_id[endpoint.name].get("parameters", ())]
            schemas = {
                parameter["name"]: {**parameter["schema"], "description": parameter["description"]}
                for parameter in told
            }
            for _, field in endpoint.iter_all_parameters():
                _word(field, document, schemas[field.name.get_untrusted_value()])


def _word(field: Any, document: Document, schema: dict[str, Any] | None) -> None:
    if schema is not None:
        _set(field, described(document, schema))


def _set(described_thing: Any, text: str) -> None:
    described_thing.description = UntrustedString(text)


def _request_pages(document: Document) -> Iterator[tuple[str, str]]:
    for entry in entries(document):
        if entry["request_class"] and entry["docs_url"]:
            yield entry["request_class"], entry["docs_url"]


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
