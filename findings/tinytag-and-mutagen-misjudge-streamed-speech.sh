#!/usr/bin/env bash
# tinytag 2.3.2 and mutagen 1.48.1 (read the tags of sound files): speech in the forms that servers stream has a wrong length.
#
# Guess before the first run: a length that a header does not state is None, or is counted from the frames of the file.
# Seen: of 2 s, a fragmented M4A file lasts 0.0 s for both, an AAC stream 0.4 s for tinytag, and a WAV file whose size was not known when
# it was begun 6.8 hours for both. A whole M4A or WAV file is right, and PyAV decodes 2 s of each.
# Consequence: bills, subtitles and films that are planned by these lengths go far wrong, and no error tells of it.
#
# Output seen on 2026-12-01 (Python 3.11), of 2 seconds:
#   whole.m4a: decoded 2.0 s, mutagen 2.0 s, tinytag 2.0 s
#   fragmented.m4a: decoded 2.0 s, mutagen 0.0 s, tinytag 0.0 s
#   stream.aac: decoded 2.0 s, mutagen 2.0 s, tinytag 0.4 s
#   whole.wav: decoded 2.0 s, mutagen 2.0 s, tinytag 2.0 s
#   streamed.wav: decoded 2.0 s, mutagen 24347.9 s, tinytag 24347.9 s
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check tinytag==2.3.2 mutagen==1.48.1 av==18.1.0 numpy==2.4.6 imageio-ffmpeg==0.8.1
"$work/venv/bin/python" - <<'PYTHON'
import subprocess
import sys
from pathlib import Path

import av
import imageio_ffmpeg
import mutagen
import tinytag

FORMS = {
    "whole.m4a": ["-c:a", "aac", "whole.m4a"],
    "fragmented.m4a": ["-c:a", "aac", "-movflags", "frag_keyframe+empty_moov+default_base_moof", "fragmented.m4a"],
    "stream.aac": ["-c:a", "aac", "stream.aac"],
    "whole.wav": ["whole.wav"],
    "streamed.wav": ["-f", "wav", "-"],
}
EXPECTED = {
    "whole.m4a": (2.0, 2.0, 2.0),
    "fragmented.m4a": (2.0, 0.0, 0.0),
    "stream.aac": (2.0, 2.0, 0.4),
    "whole.wav": (2.0, 2.0, 2.0),
    "streamed.wav": (2.0, 24347.9, 24347.9),
}


def decoded(path):
    with av.open(path) as container:
        return sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))


is_as_seen = True
for name, arguments in FORMS.items():
    source = ["-loglevel", "error", "-f", "lavfi", "-i", "sine=440:duration=2:sample_rate=44100", "-ac", "2"]
    output = subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *source, *arguments], check=True, stdout=subprocess.PIPE).stdout
    if output:
        Path(name).write_bytes(output)
    lengths = tuple(round(value, 1) for value in (decoded(name), mutagen.File(name).info.length, tinytag.TinyTag.get(name).duration))
    print(f"{name}: decoded %.1f s, mutagen %.1f s, tinytag %.1f s" % lengths)
    is_as_seen &= lengths == EXPECTED[name]
sys.exit(not is_as_seen)
PYTHON
