#!/usr/bin/env bash
# pymediainfo 7.0.1 with the MediaInfo 24.12 that it brings: a WAV file that was streamed lasts 18 million years.
#
# Guess before the first run: a writer that cannot go back states 0xFFFFFFFF as size, as ffmpeg does into a pipe;
# MediaInfo then takes the size of the file, as libsndfile does.
# Seen: the length is 576,460,752,303,423,488 ms, for the file as for its track, and not even the one that the stated size would give.
# Consequence: programs that plan a film, or a bill, by the length of generated speech go far wrong. With the true size it is right.
#
# Output seen on 2026-11-30 (Python 3.11), of 2 seconds:
#   size stated: soundfile 2.0 s, pymediainfo 2.0 s
#   streamed: soundfile 2.0 s, pymediainfo 576460752303423.5 s
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pymediainfo==7.0.1 soundfile==0.14.0 numpy==2.4.6
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import math
import struct
import sys
from pathlib import Path

import soundfile
from pymediainfo import MediaInfo

RATE, UNKNOWN = 16000, 0xFFFFFFFF
SAMPLES = b"".join(struct.pack("<h", int(8000 * math.sin(number / 20))) for number in range(2 * RATE))
FORMAT = struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16)


def wav(name, size, length):
    head = b"RIFF" + struct.pack("<I", size) + b"WAVEfmt " + struct.pack("<I", len(FORMAT)) + FORMAT
    Path(name).write_bytes(head + b"data" + struct.pack("<I", length) + SAMPLES)
    return name


def seconds(name):
    return soundfile.info(name).duration, MediaInfo.parse(name).audio_tracks[0].duration / 1000


stated = seconds(wav("stated.wav", 36 + len(SAMPLES), len(SAMPLES)))
streamed = seconds(wav("streamed.wav", UNKNOWN, UNKNOWN))
print("size stated: soundfile %s s, pymediainfo %s s" % stated)
print("streamed: soundfile %s s, pymediainfo %s s" % streamed)
sys.exit(stated != (2.0, 2.0) or streamed[0] != 2.0 or streamed[1] < 1e9)
PYTHON
