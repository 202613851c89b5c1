"""The rules of OpenAPI 3.1 itself, by openapi-spec-validator."""

from __future__ import annotations

from collections.abc import Iterator

from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from regenerate.bundle import Document
from regenerate.sources import Address


def openapi(document: Document) -> Iterator[tuple[Address, str]]:
    """Check that the document is valid OpenAPI 3.1, defaults included."""
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        address = tuple(error.absolute_path) if isinstance(error, OpenAPIValidationError) else ()
        yield address, str(error.message).partition("\n")[0]


RULES = (openapi,)
