#!/usr/bin/env bash
# pillow-jxl-plugin 1.3.8 (JPEG XL for Pillow): a JPEG that is opened, drawn on and saved as JPEG XL is saved without the drawing.
#
# Guess before the first run: save() writes the pixels that the picture has in memory, as it does for PNG, WebP and AVIF.
# Seen: as long as the picture counts as one read from a JPEG, the plugin takes the file on the disk and packs its bytes without loss. What
# was drawn, pasted or set in place is not in the result; lossless=True does not help. A UserWarning speaks of "JPEG reconstruction", not
# of lost changes. lossless_jpeg=False, or a copy() of the picture, prevents it.
# Consequence: a mark "made by a model", a blacked out face or a mask that was drawn into a generated picture is missing in what is published.
#
# Output seen on 2026-12-01 (Python 3.11, Pillow 13.0.0), colour below the drawn red square:
#   png: red
#   jxl: grey
#   jxl, lossless=True: grey
#   jxl, lossless_jpeg=False: red
#   jxl of a copy: red
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow-jxl-plugin==1.3.8 pillow==13.0.0
cd "$work"
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import sys

import pillow_jxl  # noqa: F401  adds the format to Pillow
from PIL import Image, ImageDraw

Image.new("RGB", (64, 64), (128, 128, 128)).save("picture.jpg")


def saved(suffix, copied=False, **options):
    picture = Image.open("picture.jpg")
    if copied:
        picture = picture.copy()
    ImageDraw.Draw(picture).rectangle((0, 0, 31, 31), fill=(255, 0, 0))
    picture.save(f"result.{suffix}", **options)
    red, green, _ = Image.open(f"result.{suffix}").convert("RGB").getpixel((8, 8))
    return "red" if red - green > 100 else "grey"


seen = {
    "png": saved("png"),
    "jxl": saved("jxl"),
    "jxl, lossless=True": saved("jxl", lossless=True),
    "jxl, lossless_jpeg=False": saved("jxl", lossless_jpeg=False),
    "jxl of a copy": saved("jxl", copied=True),
}
for name, colour in seen.items():
    print(f"{name}: {colour}")
sys.exit(list(seen.values()) != ["red", "grey", "grey", "red", "red"])
PYTHON
