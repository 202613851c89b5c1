"""The schema of a request as spec/ has it: objects and enums are components, named by the rule or shared where one is equal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from krea_client.cli.document_diff.differences import shown
from krea_client.cli.document_diff.flat_schemas import ANY_NAME
from krea_client.cli.document_diff.operation_facts import Facts, FieldFacts

Nodes = Mapping[str, FieldFacts]
Schema = dict[str, Any]
# What belongs to the place where a schema is used, and so stands beside a reference to it.
_OF_THE_PLACE = ("default", "deprecated", "x-krea-applies-when", "x-krea-options-by", "maxItems", "minItems")
_CHOICES = frozenset({"needs any of"})
_NO_KEYWORDS = frozenset({"type", "enum", "required", "closed"})
_TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")


@dataclass(frozen=True)
class ComponentPlace:
    """Where written components go, and what can be shared there.

    Attributes:
        stem: what the names of the model's components begin with.
        shared: for the facts of a component, as a comparable value, a reference to one that has them, or None.
        taken: whether a name is that of a component of another model.
        describe: words for the field at an address, such as `styles[].strength`.
    """

    stem: str
    shared: Callable[[str, Facts], str | None]
    taken: Callable[[str], bool]
    describe: Callable[[str], str]


@dataclass
class SchemaWriter:
    """Writes fields of one request; `components` are those that came up, `questions` what a person has to decide."""

    nodes: Nodes
    place: ComponentPlace
    components: dict[str, Schema] = field(default_factory=dict[str, Schema])
    questions: list[str] = field(default_factory=list[str])

    def request(self, name: str) -> None:
        """Write the request as a component of this name."""
        fields = {field: self.field(field) for field in children(self.nodes, "")}
        body: Schema = {"type": "object", "description": self.place.describe(""), "additionalProperties": False}
        if required := self.required(""):
            body["required"] = required
        # The request stands above what it refers to.
        self.components = {name: {**body, "properties": fields}, **self.components}

    def required(self, path: str) -> list[str]:
        """Return the names of the required fields of an object."""
        return [
            name for name in children(self.nodes, path) if self.nodes[_below(path, name)].facts.get("required") is True
        ]

    def field(self, path: str) -> Schema:
        """Return the schema of a field with its description."""
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name := path.rpartition(".")[2]):
            self.questions.append(
                f"{path}: {name} is no name in snake_case; generators may rename it, and lint refuses it"
            )
        schema = self._schema(path)
        own = {key: item for key, item in schema.items() if not key.startswith("x-")}
        extensions = {key: item for key, item in schema.items() if key.startswith("x-")}
        return {**own, **extensions, "description": self.place.describe(path)}

    def _schema(self, path: str) -> Schema:
        facts = self.nodes[path].facts
        types = [name for name in _TYPES if name in facts.get("type", ())]
        if branches := _branches(self.nodes, path):
            choices = [self._branch(branch, number) for number, branch in enumerate(branches)]
            return {"oneOf": [*choices, *([{"type": "null"}] if "null" in types else [])], **self._rest(path)}
        if "enum" in facts or set(types) - {"null"} == {"object"}:
            return self._component(path, types)
        if "object" in types:
            self.questions.append(f"{path}: is an object or something else; write the object as a component of oneOf")
        schema: Schema = {"type": types[0] if len(types) == 1 else types} if types else {}
        if "array" in types and f"{path}[]" in self.nodes:
            schema["items"] = self._schema(f"{path}[]")
        if not types:
            self.questions.append(f"{path}: the source names no type; write one")
        return schema | self._rest(path)

    def _object(self, path: str) -> Schema:
        schema: Schema = {"type": "object", "description": self.place.describe(path)}
        names, any_name = list(children(self.nodes, path)), _below(path, ANY_NAME)
        if any_name in self.nodes:
            schema["additionalProperties"] = self._schema(any_name)
        elif self.nodes[path].facts.get("closed"):
            schema["additionalProperties"] = False
        elif not names:
            schema["additionalProperties"] = True
        if required := self.required(path):
            schema["required"] = required
        if names:
            schema["properties"] = {inner: self.field(_below(path, inner)) for inner in names}
        return schema

    def _rest(self, path: str) -> Schema:
        facts = self.nodes[path].facts
        keywords = {
            key: item for key, item in facts.items() if key not in _NO_KEYWORDS and self._is_writable(path, key, item)
        }
        if "seed" in path.rpartition(".")[2]:
            keywords.pop("default", None)  # another random number at every look
        if facts.get("format") == "uri":
            keywords["x-krea-media"] = True
        elif "string" in facts.get("type", ()) and re.search(r"_urls?(?:\[\])?$", path):
            self.questions.append(
                f"{path}: is an address by its name, without a format; x-krea-media: true, if it takes media"
            )
        return keywords

    def _is_writable(self, path: str, key: str, value: Any) -> bool:
        """Return whether spec/ has a keyword; what it says is a question otherwise."""
        if key in _CHOICES or (key.startswith("x-") and not _is_condition(key, value)):
            self.questions.append(
                f"{path}: {key} {shown(value)}: write it as x-krea-rules or in a note, if it is a fact"
            )
            return False
        return True

    def _branch(self, path: str, number: int) -> Schema:
        facts = self.nodes[path].facts
        if "object" in facts.get("type", ()):
            return self._component(path, ["object"])
        if not facts.get("type"):
            self.questions.append(f"{path}: branch {number + 1} of the union names no type; write one")
        return self._schema(path)

    def _component(self, path: str, types: list[str]) -> Schema:
        """Return a reference to a component for an enum or an object, and write the component unless one is shared."""
        facts = self.nodes[path].facts
        kinds = [name for name in types if name != "null"]
        keywords = {key: item for key, item in self._rest(path).items() if key in _OF_THE_PLACE}
        reference = self.place.shared(self._hint(path), self.facts_below(path)) or self._new_component(path, kinds)
        if "enum" in facts and any(isinstance(value, float) and not value.is_integer() for value in facts["enum"]):
            self.questions.append(
                f"{path}: an enum of fractions, which generators cannot take; write bounds and a note"
            )
        if "null" in types:
            return {"oneOf": [{"$ref": reference}, {"type": "null"}], **keywords}
        return {"$ref": reference, **keywords}

    def _new_component(self, path: str, kinds: list[str]) -> str:
        name = self._name(path)
        facts = self.nodes[path].facts
        if "enum" in facts:
            self.components[name] = {"type": kinds[0] if kinds else "string", "enum": list(facts["enum"])}
        else:
            self.components[name] = {}  # before those inside it
            self.components[name] = self._object(path)
        return f"#/components/schemas/{name}"

    def facts_below(self, path: str) -> Facts:
        """Return the facts of a schema and of everything inside it, in a form in which equal ones are equal."""
        return comparable(
            {inner[len(path) :]: node.facts for inner, node in self.nodes.items() if _is_below(inner, path)}
        )

    def _hint(self, path: str) -> str:
        """Return what the field would be called in the name of a class: `AspectRatio`, one item of `styles` is `Style`."""
        last = path.rpartition(".")[2]
        name, mark, label = re.sub(r"[\[<].*", "", last), "[" in last, re.search(r"<([^>]*)>", last)
        singular = name[:-1] if mark and name.endswith("s") and not name.endswith("ss") else name
        return _pascal(singular) + (_pascal(label[1]) if label else "")

    def _name(self, path: str) -> str:
        above = [re.sub(r"[\[<].*", "", step) for step in path.split(".")[:-1]]
        name = self.place.stem + self._hint(path)
        while above and (self.place.taken(name) or name in self.components):
            name = self.place.stem + _pascal(above.pop()) + self._hint(path)
        number = 2
        plain = name
        while self.place.taken(name) or name in self.components:
            name, number = f"{plain}{number}", number + 1
        return name


def _is_condition(key: str, value: Any) -> bool:
    """Return whether an extension is one of ours for conditions, in the form that ours have."""
    if key == "x-krea-options-by":
        return isinstance(value, dict)
    plain = isinstance(value, dict) and not any(isinstance(item, (dict, list)) for item in cast(Schema, value).values())
    return key == "x-krea-applies-when" and plain


def comparable(facts_by_path: Mapping[str, Facts]) -> Facts:
    """Return facts without what belongs to the place, wording and order."""
    plain: Facts = {}
    for path, facts in facts_by_path.items():
        skipped = {"required", "deprecated", *_OF_THE_PLACE} if path == "" else set[str]()
        part = {key: item for key, item in facts.items() if key not in skipped and not key.startswith("x-")}
        if path == "":
            part["type"] = tuple(name for name in part.get("type", ()) if name != "null")
        plain[path] = part
    return plain


def children(nodes: Nodes, path: str) -> Iterator[str]:
    """Yield the names of the fields directly inside an object."""
    prefix = f"{path}." if path else ""
    for address in nodes:
        name = address[len(prefix) :]
        if name and name != ANY_NAME and address.startswith(prefix) and not re.search(r"[.\[<]", name):
            yield name


def _branches(nodes: Nodes, path: str) -> list[str]:
    return [address for address in nodes if re.fullmatch(re.escape(path) + r"<[^<>]*>", address)]


def _is_below(address: str, path: str) -> bool:
    return address == path or address.startswith((f"{path}.", f"{path}[", f"{path}<"))


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _pascal(text: str) -> str:
    name = "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", text))
    # A letter after a digit is a capital, since the generator makes it one.
    return re.sub(r"(?<=\d)[a-z]", lambda letter: letter[0].upper(), name)
