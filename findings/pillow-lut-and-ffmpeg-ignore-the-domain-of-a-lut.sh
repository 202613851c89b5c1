#!/usr/bin/env bash
# pillow-lut 1.1.0 and the lut3d filter of the FFmpeg in PyAV 18.1.0 (apply colour tables): the domain of a .cube file has no effect.
#
# Guess before the first run: DOMAIN_MAX 2 2 2 says that the table goes from 0 to 2, so a table that maps 0..2 to 0..2 changes nothing.
# Seen: pillow-lut reads no such line and takes every table for one of 0..1. FFmpeg honours it below LUT_3D_SIZE and skips it above,
# though the format allows any order above the numbers. colour-science 0.4.7 reads both files alike. None of them gives a warning.
# Consequence: a grade for bright pictures, whose table reaches beyond 1, comes out twice as bright and clipped on generated pictures and
# videos; and one file gives two looks, by a Python program and by FFmpeg.
#
# Output seen on 2026-12-01 (Python 3.11), of the colour (64, 128, 191):
#   domain above the size: colour-science (64, 128, 191), FFmpeg (128, 255, 255), pillow-lut (128, 255, 255)
#   domain below the size: colour-science (64, 128, 191), FFmpeg (64, 128, 191), pillow-lut (128, 255, 255)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow-lut==1.1.0 av==18.1.0 colour-science==0.4.7 numpy==2.4.6 pillow==13.0.0
cd "$work"
"$work/venv/bin/python" -W ignore - 2>"$work/warnings" <<'PYTHON'
import sys
from fractions import Fraction
from pathlib import Path

import av
import colour
import numpy
from av.filter import Graph
from PIL import Image
from pillow_lut import load_cube_file

COLOUR = (64, 128, 191)
DOMAIN = ["DOMAIN_MIN 0 0 0", "DOMAIN_MAX 2 2 2"]
SIZE = ["LUT_3D_SIZE 2"]
ROWS = [f"{2 * red} {2 * green} {2 * blue}" for blue in (0, 1) for green in (0, 1) for red in (0, 1)]
picture = Image.new("RGB", (64, 64), COLOUR)


def by_colour_science(path):
    return tuple(int(round(value * 255)) for value in colour.read_LUT(path).apply(numpy.array(COLOUR) / 255))


def by_ffmpeg(path):
    graph = Graph()
    source = graph.add_buffer(width=64, height=64, format="gbrp", time_base=Fraction(1, 25))
    table = graph.add("lut3d", f"file={path}")
    sink = graph.add("buffersink")
    source.link_to(table)
    table.link_to(sink)
    graph.configure()
    graph.push(av.VideoFrame.from_image(picture).reformat(format="gbrp"))
    return tuple(int(value) for value in graph.pull().to_ndarray(format="rgb24")[1, 1])


def by_pillow_lut(path):
    return picture.filter(load_cube_file(path)).getpixel((1, 1))


READERS = {"colour-science": by_colour_science, "FFmpeg": by_ffmpeg, "pillow-lut": by_pillow_lut}
WRONG = (128, 255, 255)
EXPECTED = {"above": [COLOUR, WRONG, WRONG], "below": [COLOUR, COLOUR, WRONG]}
is_as_seen = True
for place, expected in EXPECTED.items():
    head = DOMAIN + SIZE if place == "above" else SIZE + DOMAIN
    Path("table.cube").write_text("\n".join(head + ROWS) + "\n")
    seen = [read("table.cube") for read in READERS.values()]
    print(f"domain {place} the size:", ", ".join(f"{name} {value}" for name, value in zip(READERS, seen, strict=True)))
    is_as_seen &= seen == expected
sys.exit(not is_as_seen)
PYTHON
