#!/usr/bin/env bash
# pysubs2 1.8.1 (reads and writes subtitles): comments and names of a WebVTT file become words of the cue before them; words in braces go.
#
# Guess before the first run: NOTE and STYLE blocks and the identifier of a cue are no text and are left out; SRT becomes WebVTT with
# its text unchanged.
# Seen: everything between two lines of times, less a number, is text of the first. webvtt-py 0.6.0 reads the same file as the guess has it.
# "{price}" in an SRT file is there after loading, and not after saving, not even as SRT.
# Consequence: captions of a generated film show notes that no viewer was to see, and lose placeholders that a later step was to fill in.
#
# Output seen on 2026-11-30 (Python 3.11):
#   webvtt-py: ['A fox.', 'It runs.']
#   pysubs2: ['A fox. NOTE who checks this? second', 'It runs.']
#   SRT, loaded: 'It costs {price} now.'; saved as SRT: 'It costs now.'
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pysubs2==1.8.1 webvtt-py==0.6.0
"$work/venv/bin/python" - <<'PYTHON'
import io
import sys

import pysubs2
import webvtt

CAPTIONS = """WEBVTT

first
00:00:01.000 --> 00:00:02.000
A fox.

NOTE who checks this?

second
00:00:03.000 --> 00:00:04.000
It runs.
"""
SUBTITLES = "1\n00:00:01,000 --> 00:00:02,000\nIt costs {price} now.\n\n"


def words(text):
    return " ".join(text.replace("\\N", " ").split())


by_webvtt = [words(cue.text) for cue in webvtt.from_buffer(io.StringIO(CAPTIONS))]
by_pysubs2 = [words(cue.text) for cue in pysubs2.SSAFile.from_string(CAPTIONS)]
print("webvtt-py:", by_webvtt)
print("pysubs2:", by_pysubs2)
loaded = pysubs2.SSAFile.from_string(SUBTITLES)
text = loaded[0].text
saved = words(loaded.to_string("srt").splitlines()[2])
print(f"SRT, loaded: {text!r}; saved as SRT: {saved!r}")
sys.exit(
    by_webvtt != ["A fox.", "It runs."]
    or by_pysubs2 != ["A fox. NOTE who checks this? second", "It runs."]
    or (text, saved) != ("It costs {price} now.", "It costs now.")
)
PYTHON
