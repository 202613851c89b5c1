"""Proves that models are adopted without a fact typed elsewhere: takes a season's models out of a copy, adopts them, regenerates, tests.

Words and prices are not in a document of the provider: places of words are filled, prices put back. A test that fails typed a fact.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from adopt.__main__ import DONE, QUESTIONS
from adopt.__main__ import main as adopt
from project_copy import copy_project, regenerated_and_tested
from prove_adoption.facts import agreement
from prove_adoption.provider_shape import provider_shape
from prove_adoption.season import add_facts_of_pages, fill_in_words, newer_models, take_out
from regenerate.bundle import bundle
from regenerate.sources import read_folder


def prove(copy: Path, arguments: Sequence[str]) -> int:
    """Take out, adopt, regenerate and test in the copy; return the exit code."""
    copy_project(copy)
    models = newer_models(copy)
    document = json.loads((copy / "generated" / "openapi.json").read_text("utf-8"))
    source = copy / "build" / "document.json"
    source.parent.mkdir(exist_ok=True)
    source.write_text(json.dumps(provider_shape(document)), "utf-8")
    take_out(copy, models)
    begin = time.perf_counter()
    if adopt([str(source), "--captured", "2026-10-09"], copy) not in (DONE, QUESTIONS):
        return 1
    print(f"{len(models)} models adopted in {time.perf_counter() - begin:.1f} s", flush=True)
    print(agreement(document, bundle(read_folder(copy / "spec")).document, models), flush=True)
    print(f"{add_facts_of_pages(copy, document, models)} facts of pages put back, such as prices")
    print(f"{fill_in_words(copy)} texts filled in", flush=True)
    return tested(copy, arguments)


def tested(copy: Path, arguments: Sequence[str]) -> int:
    """Regenerate the copy, write its pages anew and run its tests; return the exit code."""
    # The names of shared enums are those that a maintainer once chose; new models have none yet.
    if code := regenerated_and_tested(copy, arguments, ["--rename"]):
        return code
    print("scripts/prove-adoption: the adopted models pass all tests")
    return 0


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="scripts/prove-adoption", description="Prove that models are adopted without a fact typed elsewhere."
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the copy in this new folder and keep it")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest instead of all tests")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True)
        return prove(options.keep.resolve(), options.pytest)
    with tempfile.TemporaryDirectory(prefix="krea-client-") as folder:
        return prove(Path(folder).resolve(), options.pytest)


if __name__ == "__main__":
    sys.exit(main())
