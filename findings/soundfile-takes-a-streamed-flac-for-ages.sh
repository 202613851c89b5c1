#!/usr/bin/env bash
# soundfile 0.14.0 (libsndfile for Python): a FLAC file that was streamed has 2**63 - 1 frames, which are 6.6 million years.
#
# Guess before the first run: a FLAC file may leave its number of samples unknown, as ffmpeg does into a pipe; the length is then 0, and the
# samples are read as from any other file.
# Seen: frames is 9223372036854775807, and read() fails, since no array is that large. Reading in blocks raises an error at the last block,
# and so do reads that ask for all that is there. PyAV 18.1.0 leaves the length out and gives every sample.
# Consequence: programs that plan a film, or a bill, by the length of generated speech go far wrong, and those that read the sound lose its end.
#
# Output seen on 2026-12-01 (Python 3.11), of 2 seconds:
#   file: PyAV 2.0 s and 88200 samples, soundfile 2.0 s, read() 88200, in blocks 88200
#   streamed: PyAV None s and 88200 samples, soundfile 209146758205323.7 s, read() ValueError, in blocks 86016 and LibsndfileError
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check soundfile==0.14.0 numpy==2.4.6 av==18.1.0 imageio-ffmpeg==0.8.1
"$work/venv/bin/python" - <<'PYTHON'
import subprocess
import sys
from pathlib import Path

import av
import imageio_ffmpeg
import soundfile

SOUND = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-f", "lavfi", "-i", "sine=duration=2:sample_rate=44100", "-f", "flac"]


def whole(name):
    try:
        return str(len(soundfile.read(name)[0]))
    except (ValueError, soundfile.LibsndfileError) as error:
        return type(error).__name__


def in_blocks(name):
    count = 0
    try:
        for block in soundfile.blocks(name, 4096):
            count += len(block)
    except soundfile.LibsndfileError as error:
        return f"{count} and {type(error).__name__}"
    return str(count)


subprocess.run([*SOUND, "file.flac"], check=True)
Path("streamed.flac").write_bytes(subprocess.run([*SOUND, "-"], check=True, stdout=subprocess.PIPE).stdout)
seen = []
for name in ("file", "streamed"):
    path = name + ".flac"
    with av.open(path) as container:
        length = container.duration and container.duration / av.time_base
        samples = sum(frame.samples for frame in container.decode(audio=0))
    seen.append((length, samples, soundfile.info(path).frames, whole(path), in_blocks(path)))
    seconds = round(soundfile.info(path).duration, 1)
    print(f"{name}: PyAV {length} s and {samples} samples, soundfile {seconds} s, read() {seen[-1][3]}, in blocks {seen[-1][4]}")
expected = [
    (2.0, 88200, 88200, "88200", "88200"),
    (None, 88200, 2**63 - 1, "ValueError", "86016 and LibsndfileError"),
]
sys.exit(seen != expected)
PYTHON
