"""The environment that leads a program's calls to the gateway: the variables and files that each HTTP stack reads.

Which stack reads what is on docs/legacy.md; every variable here is needed by at least one of them.
"""

from __future__ import annotations

import shutil
import ssl
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import certifi

from krea_client._settings import BASE_URL_NAME
from krea_client.legacy.gateway.certificates import CertificateAuthority, java_trust_store
from krea_client.legacy.gateway.listening import Ports

NESTED_NAME = (
    "KREA_CLIENT_NESTED_RUN"  # is set where the program translates for itself, and the gateway only leads its calls
)
LOOPBACK_NAMES = "localhost,127.0.0.1,::1"
TRUST_STORE_PASSWORD = "changeit"  # noqa: S105  # of a store that holds no secret; Java reads none without a password
_BUNDLE_NAMES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTPLIB2_CA_CERTS", "PERL_LWP_SSL_CA_FILE")
_PROXY_NAMES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
# whose node:https reads a proxy only with NODE_USE_ENV_PROXY; Node 22 would print a warning about it
_NODE_LIKE = (
    "deno",
    "bun",
)


def child_environment(
    before: Mapping[str, str], folder: Path, authority: CertificateAuthority, host: str, ports: Ports, command: str
) -> dict[str, str]:
    """Return the environment for a program, its files written into `folder`.

    Args:
        before: the environment that the program would have had.
        folder: an empty folder that lasts as long as the program runs.
        authority: signs for `host`.
        host: the API's host.
        ports: where the gateway listens.
        command: the program's name, such as "node".
    """
    bundle = folder / "trusted.pem"
    bundle.write_text(trusted_certificates(before) + authority.pem, "utf-8")
    changed = dict(before)
    _proxies(before, changed, ports)
    changed.update(
        dict.fromkeys(_BUNDLE_NAMES, str(bundle)),
        KREA_CLIENT_GATEWAY=f"{host}|{ports.tls}|{folder}",
        PERL_LWP_ENV_PROXY="1",
    )
    if command in _NODE_LIKE:
        changed["NODE_USE_ENV_PROXY"] = "1"
    _node(before, changed, folder, authority)
    _python(before, changed, folder)
    _php(before, changed, folder, bundle)
    _wget(before, changed, folder, bundle)
    if shutil.which("java") or "JAVA_HOME" in before:
        _java(before, changed, folder, bundle, ports)
    return changed


def trusted_certificates(environment: Mapping[str, str]) -> str:
    """Return the certificates that the program trusts already, as PEM: its own bundle if it names one, the system's and certifi's.

    Most stacks replace what they trust by the bundle that a variable names, so it has to hold everything.
    """
    paths = ssl.get_default_verify_paths()
    named = [environment.get(name) for name in _BUNDLE_NAMES]
    candidates = [*named, paths.cafile, "/etc/ssl/certs/ca-certificates.crt", certifi.where()]
    seen: set[str] = set()
    texts: list[str] = []
    for candidate in candidates:
        if candidate and candidate not in seen and Path(candidate).is_file():
            seen.add(candidate)
            texts.append(Path(candidate).read_text("utf-8", "replace"))
    return "\n".join([*texts, ""])


def _proxies(before: Mapping[str, str], changed: dict[str, str], ports: Ports) -> None:
    address = f"http://127.0.0.1:{ports.proxy}"
    changed.update(dict.fromkeys(_PROXY_NAMES, address))
    for name in ("ALL_PROXY", "all_proxy"):
        changed.pop(name, None)  # some stacks prefer it to the two above
    exempt = ",".join(filter(None, (before.get("no_proxy") or before.get("NO_PROXY"), LOOPBACK_NAMES)))
    changed.update(NO_PROXY=exempt, no_proxy=exempt)
    if before.get(BASE_URL_NAME) and NESTED_NAME not in before:
        changed[BASE_URL_NAME] = address  # a program that reads the address itself finds the gateway there


def _node(before: Mapping[str, str], changed: dict[str, str], folder: Path, authority: CertificateAuthority) -> None:
    preload = folder / "redirect.cjs"
    preload.write_bytes((files("krea_client.legacy.gateway") / "preload" / "redirect.cjs").read_bytes())
    quoted = f'"{preload}"' if " " in str(preload) else str(preload)
    changed["NODE_OPTIONS"] = " ".join(filter(None, (before.get("NODE_OPTIONS"), f"--require {quoted}")))
    # These two add to what is trusted instead of replacing it.
    inherited = before.get("NODE_EXTRA_CA_CERTS")
    extra = Path(inherited).read_text("utf-8", "replace") + "\n" if inherited and Path(inherited).is_file() else ""
    own = folder / "authority.pem"
    own.write_text(extra + authority.pem, "utf-8")
    changed.update(NODE_EXTRA_CA_CERTS=str(own), DENO_CERT=str(own))


def _python(before: Mapping[str, str], changed: dict[str, str], folder: Path) -> None:
    place = folder / "python"
    place.mkdir()
    preload = files("krea_client.legacy.gateway") / "preload"
    for source, name in (("start.py", "sitecustomize.py"), ("redirect.py", "krea_client_redirect.py")):
        (place / name).write_bytes((preload / source).read_bytes())
    changed["PYTHONPATH"] = ":".join(filter(None, (str(place), before.get("PYTHONPATH"))))


def _php(before: Mapping[str, str], changed: dict[str, str], folder: Path, bundle: Path) -> None:
    place = folder / "php"
    place.mkdir()
    (place / "krea-client.ini").write_text(f'curl.cainfo="{bundle}"\nopenssl.cafile="{bundle}"\n', "utf-8")
    # An empty part stands for the folder that PHP was built with.
    changed["PHP_INI_SCAN_DIR"] = f"{before.get('PHP_INI_SCAN_DIR', '')}:{place}"


def _wget(before: Mapping[str, str], changed: dict[str, str], folder: Path, bundle: Path) -> None:
    inherited = Path(before.get("WGETRC") or Path(before.get("HOME", "/nonexistent")) / ".wgetrc")
    settings = inherited.read_text("utf-8", "replace") if inherited.is_file() else ""
    file = folder / "wgetrc"
    file.touch(0o600)  # the user's own may hold a password
    file.write_text(f"{settings}\nca_certificate = {bundle}\n", "utf-8")
    changed["WGETRC"] = str(file)


def _java(before: Mapping[str, str], changed: dict[str, str], folder: Path, bundle: Path, ports: Ports) -> None:
    store = folder / "trusted.p12"
    store.write_bytes(java_trust_store(bundle.read_text("utf-8"), TRUST_STORE_PASSWORD))
    options = (
        "-Dhttps.proxyHost=127.0.0.1",
        f"-Dhttps.proxyPort={ports.proxy}",
        f"-Djavax.net.ssl.trustStore={store}",
        f"-Djavax.net.ssl.trustStorePassword={TRUST_STORE_PASSWORD}",
        "-Djavax.net.ssl.trustStoreType=PKCS12",
    )
    changed["JAVA_TOOL_OPTIONS"] = " ".join(filter(None, (before.get("JAVA_TOOL_OPTIONS"), *options)))
