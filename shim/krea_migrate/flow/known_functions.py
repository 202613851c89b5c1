"""Functions of libraries whose result is known: what gives its argument, or a copy of it."""

from __future__ import annotations

import re

# What holds the state of a page and gives it back as it is.
STATES = frozenset(
    {"reactive", "shallowReactive", "ref", "shallowRef", "readonly", "toRaw", "toValue", "unref"}
    | {"$state", "observable"}
)

# Functions whose result is their (first) argument, as far as keys go.
SAME = frozenset(
    {"dumps", "stringify", "encode", "bytes", "cast", "freeze", "seal", "from", "str", "String", "tuple", "list", "set"}
    | {
        "frozenset",
        "sorted",
        "reversed",
        "strip",
        "rstrip",
        "lstrip",
        "trim",
        "toString",
        "URL",
        "yarl.URL",
        "Template",
    }
    | {
        "sanitize",
        "StringIO",
        "BytesIO",
        "Buffer",
        "SecretStr",
        "keys",
        "replace",
        "literal",
        "quote",
        "encodeURI",
        "Path",
    }
    | {"parse_obj_as", "JSONPayload", "JSONBody", "as_const", "asConst", "urlsplit", "urlparse"}
    | {"get_secret_value", "geturl", "human_repr"}
    | STATES
)
COPIES = frozenset(
    {
        "dict",
        "copy",
        "deepcopy",
        "asdict",
        "vars",
        "locals",
        "model_dump",
        "model_dump_json",
        "to_dict",
        "OrderedDict",
        "ChainMap",
    }
    | {
        "structuredClone",
        "cloneDeep",
        "clone",
        "assign",
        "fromEntries",
        "filter",
        "omitBy",
        "pickBy",
        "omit",
        "pick",
        "json",
    }
    | {"merge", "toJSON", "entries", "items", "exclude_none", "drop_none", "astuple", "unstructure", "jsonable_encoder"}
    | {"to_builtins", "dump_python", "dump_json", "_asdict"}
)
# Of COPIES, those whose keywords are options: asdict(clip, dict_factory=dict), clip.dict(by_alias=True). dict(ratio="1:1") has members.
WITH_OPTIONS = frozenset(
    {
        "model_dump",
        "model_dump_json",
        "dump_python",
        "dump_json",
        "json",
        "to_dict",
        "asdict",
        "astuple",
        "_asdict",
        "unstructure",
    }
    | {"jsonable_encoder", "to_builtins", "copy", "deepcopy"}
)
# Of SAME, those that take a type first where they are given two arguments.
SECOND = frozenset({"cast", "parse_obj_as"})
# The same, by the name in full: `resolve` alone may be of paths.
SAME_IN_FULL = frozenset({"Promise.resolve"})
LIBRARY = frozenset(
    {"urlsplit", "urlparse", "dumps", "stringify", "from", "cast", "parse_obj_as", "freeze", "seal", "quote", "literal"}
)
READS = frozenset({"get", "pop", "getenv"})
# These give another instance with some other values.
ALTERED = frozenset({"_replace", "replace", "evolve", "model_copy"})
# These open, read or parse a file.
LOADS = frozenset(
    {"open", "readFileSync", "readFile", "read_text", "read_bytes", "read", "load", "loads", "safe_load", "parse"}
    | {"file", "require", "full_load", "load_all", "safe_load_all"}
)
# These read a variable of the environment.
ENVIRONMENT = frozenset({"os.environ.get", "os.getenv", "environ.get", "getenv", "os.environ.setdefault"})
# What the names of such variables begin with, where they are no calls; and a name in capitals alone, as those calls give it.
OF_ENVIRONMENT = re.compile(r"(process|import\.meta|Deno|Bun)?\.env\b|os\.environ\b|[A-Z][A-Z0-9_]*\Z")
# These put a text together.
TEXTS = frozenset(
    {"format", "%", "join", "urljoin", "removesuffix", "removeprefix", "concat", "replace"}
    | {"substitute", "safe_substitute"}
)
