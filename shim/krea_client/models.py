"""What can be made: the models of the API with their fields, prices and examples, from the installed specification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass
from typing import Any, Literal, NamedTuple, cast

from krea_client import _json
from krea_client._spec import schema_fields
from krea_client._spec.catalogue import Catalogue, Operation, catalogue
from krea_client._spec.prices import Price, price_of
from krea_client.errors import ModelUnknown

ToolFormat = Literal["openai", "anthropic", "mcp"]
_OWN_KEYWORD = "x-krea-"


class ModelField(NamedTuple):
    """One field of a model's request.

    Attributes:
        name: its path, such as "prompt" or "styles[].strength".
        required: whether it must be given where the object that holds it is given.
        type: its type and bounds in words, such as "number 0 to 1".
        choices: the values of an enumeration, else ().
        default: what the API takes where it is left out, or None where that is not documented.
        description: what it is for.
    """

    name: str
    required: bool
    type: str
    choices: tuple[Any, ...]
    default: Any
    description: str


class PublishedPrice(NamedTuple):
    """One published price of a model.

    Attributes:
        when: values of the fields that the price is for; empty for any other request.
        amount: in `currency`.
        per: what it is paid for: "request", "second" and so on.
        currency: such as "USD".
    """

    when: dict[str, Any]
    amount: float
    per: str
    currency: str


class _ModelDetails:
    """What a model is made of and does not list among its dataclass fields, so that tables and frameworks show the public names only."""

    _operation: Operation


@dataclass(frozen=True)
class Model(_ModelDetails):
    """One model. It is made by `Models`; all of it comes from the specification, nothing is asked of the network.

    Attributes:
        id: its id, as `Krea.run` takes it.
        kind: what it makes: "image", "video", "audio", "3d" or "enhance".
        vendor: whose it is.
        summary: what it is for.
        typical_seconds: how long it usually takes, or None where that is not documented.
        deprecated: whether it is about to go.
        request_class: the class of its request in `krea_api.models`, or None for a model that is newer than the package.
        docs_url: its page in the documentation, or None.
    """

    id: str
    kind: str
    vendor: str
    summary: str
    typical_seconds: float | None
    deprecated: bool
    request_class: str | None
    docs_url: str | None
    operation: InitVar[Operation]

    def __post_init__(self, operation: Operation) -> None:
        object.__setattr__(self, "_operation", operation)

    def __repr__(self) -> str:
        return f"Model({self.id!r}: {self.summary})"

    def _repr_html_(self) -> str:
        from krea_client._model_html import model_in_html

        fields = [(field.name, field.required, field.type, field.default, field.description) for field in self.fields]
        return model_in_html(_row(self), fields, self.example)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the request body; a new dict each time."""
        return _json.copied({**(self._operation.schema or {})})  # type: ignore[no-any-return]  # a copy of a dict

    @property
    def fields(self) -> list[ModelField]:
        """All fields of the request, each nested one behind the one that holds it."""
        schema = self._operation.schema or {}
        return [
            ModelField(field.path, field.required, field.kind, field.choices, field.default, field.about)
            for field in schema_fields.fields(schema)
        ]

    @property
    def aliases(self) -> dict[str, str]:
        """The current name of each deprecated field name."""
        return {old: alias.new for old, alias in self._operation.aliases.items()}

    @property
    def example(self) -> dict[str, Any]:
        """A request body that the API accepts, or {} for a model that has no example."""
        examples: list[dict[str, Any]] = self._operation.details.get("examples") or [{}]
        return _json.copied(examples[0])  # type: ignore[no-any-return]  # a copy of a dict

    @property
    def prices(self) -> list[PublishedPrice]:
        """The published prices, in the order in which they are tried; empty where none is published for single requests."""
        table: Mapping[str, Any] = self._operation.details.get("pricing") or {}
        rows = [_json.members(row) for row in _json.items(table.get("table"))] or [dict(table)]
        return [
            PublishedPrice(
                dict(row.get("when") or {}), float(row["amount"]), row.get("per", table["per"]), table["currency"]
            )
            for row in rows
            if row.get("amount") is not None
        ]

    @property
    def price_range(self) -> str:
        """The lowest and the highest published price for each unit, such as "0.126 to 0.42 USD per second"; "" where none is published."""
        return _span(self.prices)

    def price(self, **fields: Any) -> Price:
        """Return the documented price of a request with these fields, under their current names."""
        return price_of(self._operation, fields)

    def tool(self, form: ToolFormat = "openai", *, name: str | None = None) -> dict[str, Any]:
        """Return the definition of a tool with which a language model can ask for a generation.

        Args:
            form: how the definition is written: for the API of OpenAI, for that of Anthropic, or for the Model Context Protocol.
            name: the tool's name; made of the model's id where None.
        """
        title = name or "krea_" + "".join(letter if letter.isalnum() else "_" for letter in self.id)
        parameters = _without_own_keywords({k: v for k, v in self.schema.items() if k != "$schema"})
        if form == "openai":
            function = {"name": title, "description": self.summary, "parameters": parameters}
            return {"type": "function", "function": function}
        if form in ("anthropic", "mcp"):
            key = "input_schema" if form == "anthropic" else "inputSchema"
            return {"name": title, "description": self.summary, key: parameters}
        raise ValueError(f"form={form!r}: give 'openai', 'anthropic' or 'mcp'")


class ModelList(list[Model]):
    """A list of models, which a notebook shows as a table."""

    def _repr_html_(self) -> str:
        from krea_client._model_html import models_in_html

        return models_in_html(_row(model) for model in self)


class Models:
    """The models that can be used; iterate over it, or look one up: `models["z-image/z-image"]`.

    Args:
        operations: where they are listed; the installed specification where None.
    """

    def __init__(self, operations: Catalogue | None = None) -> None:
        self._operations = operations or catalogue()

    def get(self, model: str) -> Model:
        """Return a model by its id.

        Raises:
            ModelGone: it was switched off; the error names its successor where there is one.
            ModelUnknown: there is no such model; the error names the nearest ones.
        """
        return self._model(self._operations.of_model(model))

    def list(self, *, kind: str | None = None, vendor: str | None = None) -> ModelList:
        """Return the models, sorted by kind and id.

        Args:
            kind: only those that make this.
            vendor: only those of this vendor.

        Raises:
            ValueError: no model has this kind, or this vendor; the error names those that there are.
        """
        models = list(self)
        for argument, value, values in (
            ("kind", kind, {model.kind for model in models}),
            ("vendor", vendor, {model.vendor for model in models}),
        ):
            if value is not None and value not in values:
                raise ValueError(
                    f"{argument}={value!r}: there is no such model; give one of {', '.join(sorted(values))}"
                )
        return ModelList(model for model in models if kind in (None, model.kind) and vendor in (None, model.vendor))

    def search(self, text: str) -> ModelList:
        """Return the models in whose id, kind, vendor or summary every word occurs, those first that have the words in their id."""
        words = text.casefold().split()
        matches = [model for model in self if all(word in _searched(model) for word in words)]
        return ModelList(sorted(matches, key=lambda model: -sum(word in model.id.casefold() for word in words)))

    def _model(self, operation: Operation) -> Model:
        details = operation.details
        return Model(
            id=self._operations.short_id(operation.path.removeprefix("/generate/")),
            kind=str(operation.kind),
            vendor=str(details.get("vendor") or operation.model.partition("/")[0]),
            summary=str(details.get("summary") or ""),
            typical_seconds=operation.typical_seconds,
            deprecated=bool(details.get("deprecated")),
            request_class=details.get("request_class"),
            docs_url=details.get("docs_url"),
            operation=operation,
        )

    def __getitem__(self, model: str) -> Model:
        try:
            return self.get(model)
        except ModelUnknown as error:
            raise KeyError(str(error)) from error

    def __iter__(self) -> Iterator[Model]:
        return (self._model(self._operations.operation(name)) for _, name in sorted(self._operations.models.items()))

    def __len__(self) -> int:
        return len(self._operations.models)

    def __repr__(self) -> str:
        return f"Models({len(self)} models)"

    def _repr_html_(self) -> str:
        return ModelList(self)._repr_html_()  # the same display


def _row(model: Model) -> dict[str, str]:
    """Return what a table tells of a model."""
    seconds = model.typical_seconds
    return {
        "model": model.id,
        "kind": model.kind,
        "price": model.price_range,
        "usual time": f"{seconds:g} s" if seconds is not None else "",
        "summary": model.summary,
    }


def _span(prices: Sequence[PublishedPrice]) -> str:
    """Return the lowest and the highest price for each unit."""
    units = {
        (price.currency, price.per): [same_unit.amount for same_unit in prices if same_unit.per == price.per]
        for price in prices
    }
    spans = (
        f"{' to '.join(f'{amount:g}' for amount in sorted({min(amounts), max(amounts)}))} {currency} per {per}"
        for (currency, per), amounts in units.items()
    )
    return ", ".join(spans)


def _searched(model: Model) -> str:
    return f"{model.id} {model.kind} {model.vendor} {model.summary}".casefold()


def _without_own_keywords(part: Any) -> Any:
    # Keywords of ours are annotations, and some providers refuse what they do not know.
    if _json.is_object(part):
        members = _json.members(part).items()
        return {name: _without_own_keywords(value) for name, value in members if not name.startswith(_OWN_KEYWORD)}
    return [_without_own_keywords(item) for item in cast("list[object]", part)] if isinstance(part, list) else part
