"""One session for the whole program."""

from functools import cache

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


@cache
def session(token: str) -> requests.Session:
    made = requests.Session()
    made.mount("https://", HTTPAdapter(max_retries=Retry(3, status_forcelist=[503], allowed_methods=None)))
    made.headers["Authorization"] = f"Bearer {token}"
    return made
