#!/usr/bin/env bash
# Mediabunny 1.61.0 (npm, reads and converts media): of an MP4 file whose first frames are in its header, only those frames are there.
#
# Guess before the first run: a fragmented file may begin with frames that its "moov" box lists, as ffmpeg writes it for "frag_keyframe" alone;
# its fragments are read after them, and the length is that of all.
# Seen: 12 of 50 frames, and 0.48 s of 2 s. Conversion to a new MP4 succeeds and has 12 frames. A file all of whose frames are in fragments is
# whole. MP4Box.js 2.4.1 finds the 50 samples in both, as ffmpeg does.
# Consequence: a paid video that passes through a page or a server with this library is cut, and nothing says so.
#
# Output seen on 2026-12-01 (Node.js 20), of 50 frames in 2 seconds:
#   plain: MP4Box.js 50, Mediabunny 50 in 2.00 s, converted 50
#   all in fragments: MP4Box.js 50, Mediabunny 50 in 2.00 s, converted 50
#   some in the header: MP4Box.js 50, Mediabunny 12 in 0.48 s, converted 12
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check imageio-ffmpeg==0.8.1
npm install --silent --no-audit --no-fund --prefix "$work" mediabunny@1.61.0 mp4box@2.4.1
ffmpeg=$("$work/venv/bin/python" -c "import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())")
video=(-loglevel error -f lavfi -i testsrc=s=320x180:r=25:d=2 -c:v libx264 -bf 0 -g 12 -pix_fmt yuv420p)
"$ffmpeg" "${video[@]}" "plain.mp4"
"$ffmpeg" "${video[@]}" -movflags frag_keyframe+empty_moov+default_base_moof "all in fragments.mp4"
"$ffmpeg" "${video[@]}" -movflags frag_keyframe+default_base_moof "some in the header.mp4"
cat >program.mjs <<'JAVASCRIPT'
import fs from "fs";
import * as bunny from "mediabunny";
import { createFile } from "mp4box";

const EXPECTED = { plain: [50, 50, "2.00", 50], "all in fragments": [50, 50, "2.00", 50], "some in the header": [50, 12, "0.48", 12] };

const open = (bytes) => new bunny.Input({ source: new bunny.BufferSource(bytes), formats: bunny.ALL_FORMATS });

function countByBox(bytes) {
  const file = createFile();
  const buffer = new Uint8Array(bytes).buffer;
  buffer.fileStart = 0;
  file.appendBuffer(buffer);
  file.flush();
  return file.getInfo().videoTracks[0].nb_samples;
}

async function count(input) {
  let frames = 0;
  for await (const packet of new bunny.EncodedPacketSink(await input.getPrimaryVideoTrack()).packets()) frames += packet ? 1 : 0;
  return frames;
}

async function converted(bytes) {
  const output = new bunny.Output({ format: new bunny.Mp4OutputFormat(), target: new bunny.BufferTarget() });
  const conversion = await bunny.Conversion.init({ input: open(bytes), output });
  await conversion.execute();
  return count(open(output.target.buffer));
}

let isAsSeen = true;
for (const [name, expected] of Object.entries(EXPECTED)) {
  const bytes = fs.readFileSync(`${name}.mp4`);
  const length = (await open(bytes).computeDuration()).toFixed(2);
  const seen = [countByBox(bytes), await count(open(bytes)), length, await converted(bytes)];
  console.log(`${name}: MP4Box.js ${seen[0]}, Mediabunny ${seen[1]} in ${seen[2]} s, converted ${seen[3]}`);
  isAsSeen &&= JSON.stringify(seen) === JSON.stringify(expected);
}
process.exit(isAsSeen ? 0 : 1);
JAVASCRIPT
node program.mjs
