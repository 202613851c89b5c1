"""Programs that stand inside other files: an edit lands in the file itself, and nothing else of it changes."""

import json

from .looking import URL, VIDEO, findings, said, written


def notebook(*cells: str, ascii_only: bool = True) -> str:
    notebook = {"cells": [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]}
    return json.dumps(notebook, indent=1, ensure_ascii=ascii_only) + "\n"


def test_a_notebook_that_sends_nothing_stays() -> None:
    assert said(a__ipynb=notebook("card = {'aspectRatio': 1}\n", f"print('{URL}')")) == []


def test_cells_know_each_other_and_the_rest_of_the_file_stays() -> None:
    for ascii_only in (True, False):
        source = notebook(
            'body = {"prompt": "é\\n", "aspectRatio": "1:1"}\n', f'post("{URL}", json=body)', ascii_only=ascii_only
        )
        assert written(a__ipynb=source) == source.replace("aspectRatio", "aspect_ratio")


def test_a_cell_that_python_cannot_parse_does_not_hide_the_others() -> None:
    source = notebook("%time x\ndef broken(:\n", f'import requests\nrequests.post("{URL}", json={{"aspectRatio": 1}})')
    assert written(a__ipynb=source) == source.replace("aspectRatio", "aspect_ratio")


def test_a_name_with_escapes_is_shown_only() -> None:
    source = notebook(f'import requests\nrequests.post("{URL}", json={{"aspectRatio": 1}})')
    source = source.replace("aspectRatio", "aspect\\u0052atio")
    assert [(finding.certainty, finding.edits) for finding in findings(a__ipynb=source)] == [("unsure", ())]


def test_a_recipe_of_make_knows_its_variables() -> None:
    source = f'AT = {URL}\nall:\n\t@curl $(AT) -d \'{{"aspectRatio": "$(R)"}}\'\n\techo aspectRatio\n'
    assert written(Makefile=source) == source.replace('"aspectRatio', '"aspect_ratio')


def test_the_lines_of_a_workflow() -> None:
    source = f"on: push\njobs:\n  a:\n    steps:\n      - run: |\n          # é\n          curl {VIDEO} -d '{{\"startImage\": 1}}'\n"
    assert written(a__yml=source) == source.replace("startImage", "start_image")


def test_code_of_a_workflow_that_nothing_sends_stays() -> None:
    code = "return [{ json: { aspectRatio: 1 } }];"
    flow = {
        "nodes": [{"name": "A", "type": "n8n.code", "parameters": {"jsCode": code}}],
        "connections": {},
        "about": "krea",
    }
    assert said(a__json=json.dumps(flow)) == []
