"""One session for the whole program."""

from functools import cache

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


@cache
def session(token: str) -> requests.Session:
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=Retry(3, status_forcelist=[503], allowed_methods=None)))
    session.headers["Authorization"] = f"Bearer {token}"
    return session
