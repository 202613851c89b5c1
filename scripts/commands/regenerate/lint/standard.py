"""The rules of OpenAPI 3.1 itself, by openapi-spec-validator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from jsonschema_path import SchemaPath
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError
from openapi_spec_validator.validation.keywords import OpenAPIV31SchemaValidator

from regenerate.bundle import Document
from regenerate.sources import Address

VALID_SCHEMAS: set[tuple[str, str]] = set()  # each as JSON, with its dialect, in this process


class RememberingSchemaValidator(OpenAPIV31SchemaValidator):
    """Checks a schema by the schema of schemas, unless an equal one was valid: two thirds of the time of a document."""

    def _validate_schema_meta(self, schema: SchemaPath, schema_value: Any) -> OpenAPIValidationError | None:
        """Return what is wrong, which depends on the schema and its dialect only."""
        try:
            key = (json.dumps(schema_value), self._get_schema_dialect_id(schema, schema_value))
        except (TypeError, ValueError):  # no JSON, or no dialect
            return super()._validate_schema_meta(schema, schema_value)
        if key in VALID_SCHEMAS:
            return None
        error = super()._validate_schema_meta(schema, schema_value)
        if error is None:
            VALID_SCHEMAS.add(key)
        return error


class SpecificationValidator(OpenAPIV31SpecValidator):
    """OpenAPI 3.1 with a memory for schemas."""

    keyword_validators = {**OpenAPIV31SpecValidator.keyword_validators, "schema": RememberingSchemaValidator}  # noqa: RUF012  # the library's attribute


def openapi(document: Document) -> Iterator[tuple[Address, str]]:
    """Check that the document is valid OpenAPI 3.1, defaults included."""
    for error in SpecificationValidator(document).iter_errors():
        address = tuple(error.absolute_path) if isinstance(error, OpenAPIValidationError) else ()
        yield address, str(error.message).partition("\n")[0]


RULES = (openapi,)
