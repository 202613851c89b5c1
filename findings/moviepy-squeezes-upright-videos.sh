#!/usr/bin/env bash
# MoviePy 2.2.1 with imageio-ffmpeg 0.8.1 (ffmpeg 9.0), which pip brings with it: an upright video comes out as a wide one, squeezed.
#
# Guess before the first run: a video that is stored wide and says that it is to be shown turned by 90 degrees, as phones store theirs, gives
# a clip of 180 x 320, or one of 320 x 180 that is not turned.
# Seen: size is 320 x 180 and rotation 0. ffmpeg turns the frames, and MoviePy then has them scaled to the size it knows, so the picture is
# upright and about three times too wide; what write_videofile() makes is so, too. A line on the screen has the only trace.
# imageio-ffmpeg by itself gives 180 x 320. A frame rate of 30000/1001 loses the last frame besides.
# Consequence: a video of a phone that is cut by such a program before it becomes the input of a video model is paid for and distorted.
#
# Output seen on 2026-12-01 (Python 3.11), of a square of 80 x 80 in a video of 320 x 180:
#   turned by 0: imageio-ffmpeg frame 320 x 180, square 80 x 80; MoviePy frame 320 x 180, square 80 x 80
#   turned by 90: imageio-ffmpeg frame 180 x 320, square 80 x 80; MoviePy frame 320 x 180, square 142 x 45
#   frames at 30: imageio-ffmpeg 60, MoviePy 60
#   frames at 30000/1001: imageio-ffmpeg 60, MoviePy 59
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check moviepy==2.2.1 imageio-ffmpeg==0.8.1 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
import subprocess
import sys

import imageio_ffmpeg
import numpy
from moviepy import VideoFileClip

SQUARE = "color=blue:s=320x180:r={rate}:d={seconds},drawbox=x=0:y=0:w=80:h=80:color=red:t=fill"


def ffmpeg(*arguments):
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", *arguments], check=True)


def make(path, rate, seconds):
    ffmpeg("-f", "lavfi", "-i", SQUARE.format(rate=rate, seconds=seconds), "-c:v", "libx264", "-pix_fmt", "yuv420p", path)


def square(frame):
    rows, columns = numpy.where(frame[:, :, 0] > 128)
    return tuple(int(values.max() - values.min() + 1) for values in (columns, rows))


def by_imageio(path):
    frames = imageio_ffmpeg.read_frames(path)
    width, height = next(frames)["size"]
    return (width, height), square(numpy.frombuffer(next(frames), numpy.uint8).reshape(height, width, 3))


def by_moviepy(path):
    with VideoFileClip(path) as clip:
        return tuple(clip.size), square(clip.get_frame(0))


make("wide.mp4", 30, 2)
seen = []
for degrees in (0, 90):
    path = f"turned{degrees}.mp4"
    ffmpeg("-display_rotation", str(degrees), "-i", "wide.mp4", "-c", "copy", path)
    seen.append((by_imageio(path), by_moviepy(path)))
    words = ["frame %d x %d, square %d x %d" % (*size, *shape) for size, shape in seen[-1]]
    print(f"turned by {degrees}: imageio-ffmpeg {words[0]}; MoviePy {words[1]}")
for rate in ("30", "30000/1001"):
    make("rate.mp4", rate, 2)
    with VideoFileClip("rate.mp4") as clip:
        seen.append((imageio_ffmpeg.count_frames_and_secs("rate.mp4")[0], sum(1 for _ in clip.iter_frames())))
    print(f"frames at {rate}: imageio-ffmpeg {seen[-1][0]}, MoviePy {seen[-1][1]}")
flat = ((320, 180), (80, 80))
sys.exit(seen != [(flat, flat), (((180, 320), (80, 80)), ((320, 180), (142, 45))), (60, 60), (60, 59)])
PYTHON
