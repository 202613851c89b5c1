#!/usr/bin/env bash
# decord 0.6.0 (reads videos into arrays) with numpy 2.4.6: frames that are spread over a cut video go back in time, without an error.
#
# Guess before the first run: a cut by "-c copy" keeps frames before the cut, which an edit list hides; len() counts what is shown, and
# the reader gives those frames in their order, as PyAV does.
# Seen: len() counts the hidden frames, too. The first frames are right; every eighth frame jumps back to what was already there, and read one
# by one the last frame comes again for each frame that is hidden.
# Consequence: a model that is shown, or paid to look at, eight frames of a cut clip sees events in an order in which they never were.
#
# Output seen on 2026-12-01 (Python 3.11), numbers of the frames of the uncut video:
#   PyAV: 52 frames, from 25 to 78
#   decord: 77 frames, every eighth is 25 33 41 49 57 65 73 56 64 72
#   decord, one by one: frame 78 comes 26 times
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check decord==0.6.0 numpy==2.4.6 av==18.1.0 imageio-ffmpeg==0.8.1
"$work/venv/bin/python" - <<'PYTHON'
import subprocess
import sys

import av
import decord
import imageio_ffmpeg
import numpy


def ffmpeg(*arguments):
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", *arguments], check=True)


def frames(path):
    with av.open(path) as container:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]


ffmpeg("-f", "lavfi", "-i", "testsrc=s=320x180:r=25:d=5", "-c:v", "libx264", "-g", "50", "-pix_fmt", "yuv420p", "whole.mp4")
ffmpeg("-ss", "1", "-i", "whole.mp4", "-t", "2", "-c", "copy", "cut.mp4")
WHOLE = frames("whole.mp4")


def number(frame):
    return int(numpy.argmin([abs(frame - other).mean() for other in WHOLE]))


shown = [number(frame) for frame in frames("cut.mp4")]
reader = decord.VideoReader("cut.mp4")
spread = [number(frame) for frame in reader.get_batch(range(0, len(reader), 8)).asnumpy().astype(int)]
again = decord.VideoReader("cut.mp4")
one_by_one = [number(again[index].asnumpy().astype(int)) for index in range(len(again))]
print(f"PyAV: {len(shown)} frames, from {shown[0]} to {shown[-1]}")
print(f"decord: {len(reader)} frames, every eighth is", *spread)
print(f"decord, one by one: frame {shown[-1]} comes {one_by_one.count(shown[-1])} times")
is_as_seen = (
    shown == sorted(shown)
    and (len(shown), len(reader)) == (52, 77)
    and spread == [25, 33, 41, 49, 57, 65, 73, 56, 64, 72]
    and one_by_one.count(shown[-1]) == 26
)
sys.exit(not is_as_seen)
PYTHON
