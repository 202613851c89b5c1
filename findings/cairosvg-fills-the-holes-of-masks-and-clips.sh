#!/usr/bin/env bash
# CairoSVG 2.9.1 (draws SVG): holes are filled, and colours lose their opacity, without an error.
#
# Guess before the first run: black parts of a mask hide what is below them, clip-rule="evenodd" leaves the inner square of a path out as
# fill-rule does, and #ff000080 is half transparent.
# Seen: a mask takes only its opacity into account, clip-rule has no effect, and the last two digits of a colour are left out. fill-rule
# works.
# Consequence: vector pictures of generative models, which make letters and rings by such holes, become blots as PNG.
#
# Output seen on 2026-11-30 (Python 3.11, libcairo 2 of the system):
#   opacity in the middle of the square: fill-rule 0, mask 255, clip-rule 255, #ff000080 255
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check cairosvg==2.9.1 pillow==13.0.0
"$work/venv/bin/python" - <<'PYTHON'
import io
import sys

import cairosvg
from PIL import Image

SQUARE = '<rect width="90" height="90" fill="red" %s/>'
RING = "M0 0h90v90h-90z M30 30h30v30h-30z"
DRAWINGS = {
    "fill-rule": f'<path fill="red" fill-rule="evenodd" d="{RING}"/>',
    "mask": '<mask id="m"><rect width="90" height="90" fill="white"/><rect x="30" y="30" width="30" height="30" fill="black"/></mask>'
    + SQUARE % 'mask="url(#m)"',
    "clip-rule": f'<clipPath id="c"><path clip-rule="evenodd" d="{RING}"/></clipPath>' + SQUARE % 'clip-path="url(#c)"',
    "#ff000080": '<rect width="90" height="90" fill="#ff000080"/>',
}


def opacity(drawing):
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90" width="90" height="90">{drawing}</svg>'
    picture = Image.open(io.BytesIO(cairosvg.svg2png(bytestring=text.encode()))).convert("RGBA")
    assert picture.size == (90, 90)
    assert picture.getpixel((5, 5))[0] == 255
    return picture.getpixel((45, 45))[3]


seen = {name: opacity(drawing) for name, drawing in DRAWINGS.items()}
print("opacity in the middle of the square:", ", ".join(f"{name} {value}" for name, value in seen.items()))
sys.exit(list(seen.values()) != [0, 255, 255, 255])
PYTHON
