#!/usr/bin/env bash
# soundfile 0.14.0 (with its libsndfile) and tinytag 2.3.2: of two Ogg files that were joined, the second one is not there.
#
# Guess before the first run: an Ogg file may be followed by another one in the same file (RFC 3533 calls it chaining), so a reader of sound gives both.
# Seen: soundfile gives the length and the samples of the first part, without an error or a sign that more follows; so do the lengths
# of tinytag and mutagen 1.48.1. FFmpeg in PyAV 18.1.0 decodes both parts, but states the length of the last one alone.
# Consequence: speech that is generated sentence by sentence and joined as it comes, in a server or by "cat", ends after its first sentence,
# or is billed and planned by a wrong length.
#
# Output seen on 2026-12-01 (Python 3.11), of 2 s and 3 s:
#   VORBIS: soundfile reads 2.0 s, PyAV decodes 5.0 s; lengths: soundfile 2.0, tinytag 2.0, mutagen 2.0, PyAV 3.0
#   OPUS: soundfile reads 2.0 s, PyAV decodes 5.0 s; lengths: soundfile 2.0, tinytag 2.0, mutagen 2.0, PyAV 3.0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check soundfile==0.14.0 numpy==2.4.6 av==18.1.0 tinytag==2.3.2 mutagen==1.48.1
cd "$work"
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from pathlib import Path

import av
import mutagen
import numpy
import soundfile
import tinytag

RATE = 48000


def joined(codec):
    parts = []
    for seconds in (2, 3):
        wave = 0.1 * numpy.sin(numpy.arange(RATE * seconds) / RATE * 2000)
        soundfile.write("part.ogg", wave, RATE, format="OGG", subtype=codec)
        parts.append(Path("part.ogg").read_bytes())
    Path("joined.ogg").write_bytes(b"".join(parts))
    return "joined.ogg"


def measured(path):
    with av.open(path) as container:
        stated = container.duration / 1e6
        decoded = sum(frame.samples for frame in container.decode(audio=0)) / RATE
    lengths = {
        "soundfile": soundfile.info(path).duration,
        "tinytag": tinytag.TinyTag.get(path).duration,
        "mutagen": mutagen.File(path).info.length,
        "PyAV": stated,
    }
    read = len(soundfile.read(path)[0]) / RATE
    return round(read, 1), round(decoded, 1), {name: round(length, 1) for name, length in lengths.items()}


is_as_seen = True
for codec in ("VORBIS", "OPUS"):
    read, decoded, lengths = measured(joined(codec))
    stated = ", ".join(f"{name} {length}" for name, length in lengths.items())
    print(f"{codec}: soundfile reads {read} s, PyAV decodes {decoded} s; lengths: {stated}")
    is_as_seen &= (read, decoded, list(lengths.values())) == (2.0, 5.0, [2.0, 2.0, 2.0, 3.0])
sys.exit(not is_as_seen)
PYTHON
