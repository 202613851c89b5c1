#!/usr/bin/env bash
# pymediainfo 7.0.1 with the MediaInfo 24.12 that it brings: the length of an AU file is too long, and that of a CAF file too short.
#
# Guess before the first run: for sound without compression MediaInfo counts frames as libsndfile does, in every container that both read.
# Seen: the same 2 s of stereo with 16 bits are 8 s in AU and less than 1 s in CAF. WAV, AIFF and W64 are right. An AU is too long
# by as many times as a frame has bytes, and a CAF file written by ffmpeg is too short as well.
# Consequence: programs that plan a film, or a bill, by the length of generated speech go wrong, and in a way that looks plausible.
#
# Output seen on 2026-12-01 (Python 3.11), of 2 seconds with 16 bits:
#   WAV, AIFF, W64, channels 1 and 2: soundfile 2.00 s, PyAV 2.00 s, MediaInfo 2.00 s
#   AU, channels 1: soundfile 2.00 s, PyAV 2.00 s, MediaInfo 4.00 s
#   AU, channels 2: soundfile 2.00 s, PyAV 2.00 s, MediaInfo 8.00 s
#   CAF, channels 1: soundfile 2.00 s, PyAV 2.00 s, MediaInfo 0.70 s
#   CAF, channels 2: soundfile 2.00 s, PyAV 2.00 s, MediaInfo 0.35 s
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check soundfile==0.14.0 numpy==2.4.6 pymediainfo==7.0.1 av==18.1.0
"$work/venv/bin/python" - <<'PYTHON'
import sys

import av
import numpy
import pymediainfo
import soundfile

RATE = 44100
TONE = 0.5 * numpy.sin(2 * numpy.pi * 440 * numpy.arange(2 * RATE) / RATE)

seen = {}
for container in ("WAV", "AIFF", "W64", "AU", "CAF"):
    for channels in (1, 2):
        path = f"tone{channels}.{container.lower()}"
        soundfile.write(path, numpy.stack([TONE] * channels, axis=1), RATE, subtype="PCM_16", format=container)
        with av.open(path) as file:
            samples = sum(frame.samples for frame in file.decode(audio=0))
        lengths = (soundfile.info(path).duration, samples / RATE, pymediainfo.MediaInfo.parse(path).audio_tracks[0].duration / 1000)
        seen[container, channels] = lengths
        print(f"{container}, channels {channels}: soundfile %.2f s, PyAV %.2f s, MediaInfo %.2f s" % lengths)
expected = {key: 2.0 for key in seen} | {("AU", 1): 4.0, ("AU", 2): 8.0, ("CAF", 1): 0.70, ("CAF", 2): 0.35}
sys.exit(any(abs(value - true) > 0.01 for key, lengths in seen.items() for value, true in zip(lengths, (2, 2, expected[key]))))
PYTHON
