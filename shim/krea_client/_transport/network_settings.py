"""What the environment says about the network: proxies, hosts that are reached without one, certificate authorities."""

from __future__ import annotations

import ipaddress
import os
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, cast

from krea_client._redaction import redact_url
from krea_client._transport.http_library import httpx

CA_FILE_NAMES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
CA_FOLDER_NAME = "SSL_CERT_DIR"
KEY_LOG_NAME = "SSLKEYLOGFILE"
_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")


class ProxySetting(NamedTuple):
    """A proxy that the environment or the caller names.

    Attributes:
        source: the variable, such as "HTTPS_PROXY".
        url: its value.
        proxy: the proxy object that the caller gave, or None.
    """

    source: str
    url: str
    proxy: httpx.Proxy | None = None


def is_loopback(host: str) -> bool:
    """Return True for a name or an address of this computer."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def proxies() -> Mapping[str, ProxySetting]:
    """Return the proxies of the environment, or of the system, by scheme: "http", "https" and "all"."""
    from urllib.request import getproxies

    settings = getproxies()
    return {
        scheme: ProxySetting(_variable(f"{scheme}_proxy"), settings[scheme])
        for scheme in ("http", "https", "all")
        if settings.get(scheme)
    }


def _variable(name: str) -> str:
    return next((key for key in (name, name.upper()) if os.environ.get(key)), "the proxy settings of this system")


def is_bypassed(url: httpx.URL, no_proxy: str) -> bool:
    """Return True for an address that a value of NO_PROXY excludes: names, domains, IP addresses and networks, with ports."""
    port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    host = url.host.strip("[]").rstrip(".").lower()
    return any(_matches(entry, host, port) for entry in no_proxy.replace(",", " ").split())


def no_proxy() -> str:
    """Return the value of NO_PROXY; the name in small letters counts first, as everywhere."""
    return os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""


def _matches(entry: str, host: str, port: int | None) -> bool:
    name, entry_port = _split_port(entry.lower().rpartition("://")[2])
    if entry_port is not None and entry_port != port:
        return False
    if name == "*":
        return True
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(name, strict=False)
    except ValueError:  # a name on one of the sides
        domain = name.removeprefix("*").strip(".")
        return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _split_port(entry: str) -> tuple[str, int | None]:
    """Return host and port of an entry; an IPv6 address may stand with or without brackets."""
    if entry.startswith("["):
        host, _, port = entry[1:].partition("]")
        port = port.removeprefix(":")
    elif entry.count(":") == 1:
        host, _, port = entry.partition(":")
    else:
        host, port = entry, ""
    return host, int(port) if port.isdigit() else None


def read_proxy(setting: ProxySetting) -> httpx.Proxy:
    """Return the proxy that a setting names.

    Raises:
        ValueError: it names none that can be used; the message says which variable to change and how.
    """
    redacted = redact_url(setting.url)
    example = "give an address such as http://proxy.example:8080, or unset the variable"
    url = setting.url if "://" in setting.url else f"http://{setting.url}"
    try:
        proxy = setting.proxy or httpx.Proxy(url)
        has_port = proxy.url.port is None or 0 < proxy.url.port < 1 << 16
        usable = bool(proxy.url.host) and proxy.url.scheme in _PROXY_SCHEMES and has_port
    except (httpx.InvalidURL, ValueError) as fault:
        reason = "its scheme is not http, https or socks5" if "scheme" in str(fault).lower() else "it cannot be read"
        raise ValueError(f"{setting.source}={redacted!r} is no proxy address: {reason}; {example}") from None
    if not usable:
        raise ValueError(f"{setting.source}={redacted!r} is no proxy address; {example}")
    if proxy.url.scheme.startswith("socks") and not _has_socks():
        remedy = "install it with: pip install 'httpx[socks]'; or unset the variable"
        raise ValueError(f"{setting.source}={redacted!r} needs the package socksio, which is not installed; {remedy}")
    return proxy


def _has_socks() -> bool:
    from importlib.util import find_spec

    return find_spec("socksio") is not None


def tls_context() -> ssl.SSLContext:
    """Return the TLS settings: the certificate authorities that the environment names, else those of the package certifi.

    Raises:
        ValueError: a variable names a file or folder without certificates, or one that the keys cannot be written into.
    """
    _check_key_log()
    source = next((name for name in CA_FILE_NAMES if os.environ.get(name)), None)
    folder = os.environ.get(CA_FOLDER_NAME)
    if folder:
        _check_folder(CA_FOLDER_NAME, folder)
    if source is None and not folder:
        import certifi

        return ssl.create_default_context(cafile=certifi.where())
    if source is None:
        return ssl.create_default_context(capath=folder)
    path = os.environ[source]
    if _is_folder(path):  # requests takes a folder in its variable, too
        _check_folder(source, path)
        return ssl.create_default_context(capath=path)
    return _context_from_file(source, path, folder)


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:  # a name that is too long
        return False


def names_authorities() -> bool:
    """Return True where the environment names certificate authorities of its own."""
    return any(os.environ.get(name) for name in (*CA_FILE_NAMES, CA_FOLDER_NAME, KEY_LOG_NAME))


def context_for(source: str, authorities: object) -> ssl.SSLContext:
    """Return TLS settings with the authorities of a file; the usual ones where None.

    Raises:
        ValueError: the file holds no certificates.
        TypeError: it is no path.
    """
    if authorities is None:
        return tls_context()
    if not isinstance(authorities, (str, os.PathLike)):
        kind = type(authorities).__name__
        raise TypeError(f"{source} is of type {kind}; give an ssl.SSLContext, or the path of a PEM file of authorities")
    path = os.fspath(cast("os.PathLike[str]", authorities))
    _check_key_log()
    return _context_from_file(source, path, None)


def load_certificate(context: ssl.SSLContext, certificate: str | tuple[str, ...]) -> None:
    """Load a client certificate: the path of a PEM file, or the paths of certificate and key.

    Raises:
        ValueError: it cannot be loaded.
    """
    paths = [certificate] if isinstance(certificate, (str, os.PathLike)) else [*certificate]
    try:
        context.load_cert_chain(*paths)
    except (OSError, TypeError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or fault
        remedy = "give the path of a PEM file, or the paths of certificate and key"
        raise ValueError(f"cert={certificate!r} cannot be loaded: {reason}; {remedy}") from None


def _context_from_file(source: str, path: str, folder: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=path, capath=folder or None)
    except ssl.SSLError:  # an OSError too
        reason = "holds no certificate in PEM form"
    except OSError as fault:
        reason = f"cannot be read: {fault.strerror or fault}"
    raise ValueError(f"{source}={path!r} {reason}; name the PEM file of your certificate authorities, or unset it")


def _check_key_log() -> None:
    """Refuse a file for the keys of TLS connections, which programs that record network traffic read, that ssl could not open."""
    path = os.environ.get(KEY_LOG_NAME)
    if not path:
        return
    try:
        with Path(path).open("ab"):
            return
    except OSError as fault:
        reason = f"cannot be written: {fault.strerror or fault}"
    raise ValueError(f"{KEY_LOG_NAME}={path!r} {reason}; name a file for the keys of TLS connections, or unset it")


def _check_folder(source: str, path: str) -> None:
    try:
        entries = any(Path(path).iterdir())
    except OSError as fault:
        reason = f"cannot be read: {fault.strerror or fault}"
        raise ValueError(f"{source}={path!r} {reason}; name a folder of certificates, or unset it") from None
    if not entries:
        raise ValueError(f"{source}={path!r} is an empty folder; name a folder of certificates, or unset it")


def problems() -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the environment's network settings: the variable, and a sentence with the remedy."""
    for setting in proxies().values():
        try:
            read_proxy(setting)
        except ValueError as fault:
            yield setting.source, str(fault)
    try:
        tls_context()
    except ValueError as fault:
        yield str(fault).partition("=")[0], str(fault)
