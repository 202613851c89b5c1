"""Loaded into Python programs as sitecustomize, of any version since 2.7: it loads redirect.py and the program's own sitecustomize.

It has no syntax that an old Python does not know, because a program must not print anything that it would not print by itself.
"""

import os
import sys


def run_the_next():  # type: ignore[no-untyped-def]  # Python 2 knows no annotations
    """Import the sitecustomize that the program had before, if any."""
    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120  # pathlib is not in Python 2
    sys.path[:] = [folder for folder in sys.path if folder != here]
    ours = sys.modules.pop("sitecustomize", None)
    try:
        __import__("sitecustomize")
    except ImportError as error:
        if getattr(error, "name", "sitecustomize") != "sitecustomize":
            raise
        if ours is not None:
            sys.modules["sitecustomize"] = ours


if sys.version_info >= (3, 7):  # noqa: UP036  # of the program's Python; older ones are led by the proxy variables alone
    __import__("krea_client_redirect")
run_the_next()  # type: ignore[no-untyped-call]  # as above
