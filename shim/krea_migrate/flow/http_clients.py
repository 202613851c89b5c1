"""HTTP clients as data: which calls send, where they take address and body, and which of them take both by options.

A new client is a row here and a test in tests/krea_migrate/test_http_clients.py. Names stand for the functions and methods of all
libraries together: what is called decides only whether a call is looked at; that it reaches the API, its address says.
"""

from __future__ import annotations

from typing import NamedTuple

# Calls of these names are requests: of requests, httpx, httpx2, niquests, aiohttp, treq, curl_cffi, urllib, urllib3, fetch, axios,
# got, ky and undici.
SENDS = frozenset(
    {"post", "request", "fetch", "needle", "urlopen", "Request", "ajax", "build_request", "axios", "got", "ky"}
    | {"$fetch", "ofetch", "stream", "curl", "superagent", "write", "end"}
)
# Parts of names whose calls may do anything: they send when they are given an address of the API.
MAY_SEND = (
    "post",
    "fetch",
    "request",
    "send",
    "submit",
    "generate",
    "create",
    "call",
    "api",
    "execute",
    "invoke",
)
# The body is given after the address: request.write(body), superagent.post(url).send(body), XMLHttpRequest.
LATER = frozenset({"write", "end", "send"})
# Functions of scripts that take address and options, never a bare body.
OPTIONS_ONLY = frozenset({"fetch", "$fetch", "ofetch", "got", "ky", "axios", "Request"})
# Functions of pages, for which a path alone is one of the page's own server.
OF_PAGES = frozenset({"fetch", "$fetch", "ofetch", "useFetch", "axios"})
# Calls that make a client with a base address.
MAKES_CLIENT = frozenset({"create", "extend", "defaults"})
# Keywords and members of options, the first one that is there.
BODIES = ("json", "data", "content", "body", "payload", "json_data", "json_body", "form")
ADDRESSES = ("url", "uri", "endpoint", "path", "fullurl")
BASES = ("base_url", "host", "baseURL", "prefixUrl")


class OptionSetter(NamedTuple):
    """A client whose address and body are options that one method sets, each by a call of its own: pycurl.

    Attributes:
        method: the name of the method; it is given the option and its value.
        address: the names of the option for the address.
        body: the names of the options for the body.
    """

    method: str
    address: frozenset[str]
    body: frozenset[str]


OPTION_SETTERS = {
    setter.method: setter
    for setter in (
        OptionSetter("setopt", frozenset({"URL"}), frozenset({"POSTFIELDS", "COPYPOSTFIELDS"})),  # pycurl
    )
}
