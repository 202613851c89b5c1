"""Model ids as they are typed and as they are shown: one spelling, `vendor/name`, with the kind before it only where it must be."""

from __future__ import annotations

from krea_client._spec.catalogue import Catalogue, Operation
from krea_client.cli.current_catalogue import current_catalogue
from krea_client.errors import ModelUnknown


def operation_of(model: str, models: Catalogue | None = None, *, check: bool = True) -> Operation:
    """Return the operation of a model id; the last part of the id is enough where only one model has it.

    Without a check, a full path that the specification does not know is an operation too, of which nothing is known.

    Raises:
        ModelGone: the model was switched off.
        ModelUnknown: there is no such model, or several have this name.
    """
    models = models or current_catalogue()
    try:
        return models.of_model(model)
    except ModelUnknown:
        matches = [full for full in models.models if full.endswith(f"/{model.strip('/')}")] if model.strip("/") else []
        if not matches:
            unchecked = None if check else models.unchecked(model)
            if unchecked is None:
                raise
            return unchecked
        if len(matches) > 1:
            raise ModelUnknown(model, [models.short_id(full) for full in matches]) from None
        return models.of_model(matches[0])
