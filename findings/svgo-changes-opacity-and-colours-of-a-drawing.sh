#!/usr/bin/env bash
# svgo 4.1.0 (npm, makes SVG files smaller): with its default settings a drawing gets other colours and another opacity, without a warning.
#
# Guess before the first run: the default settings keep the picture; what a style rule or a reference needs is left as it is.
# Seen: a group of opacity .5 within a group of opacity .5 becomes one of .5 in place of .25. Rectangles become paths though a style rule
# for "rect" is there, so the rule has no effect any more. A shape in a group that is not displayed is removed though a clip path uses it.
# Consequence: vector pictures of generative models have nested groups and rules for the kinds of shapes; made smaller for a web page,
# they show black in place of a colour, twice the opacity, or nothing.
#
# Output seen on 2026-12-01 (Node.js 20, drawn by @resvg/resvg-js 2.6.2), red, green, blue and opacity of a pixel:
#   one group of opacity .5: 255 0 0 128, then 255 0 0 128
#   group of opacity .5 in another: 255 0 0 64, then 255 0 0 128
#   rule for two rectangles: 255 0 0 255, then 0 0 0 255
#   clip path of a shape in a hidden group: 255 0 0 255, then 0 0 0 0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" svgo@4.1.0 @resvg/resvg-js@2.6.2
cat >program.mjs <<'JAVASCRIPT'
import { Resvg } from "@resvg/resvg-js";
import { optimize } from "svgo";

const RED = '<rect width="40" height="40" fill="red"/>';
const CASES = {
  "one group of opacity .5": `<g opacity=".5">${RED}</g>`,
  "group of opacity .5 in another": `<g opacity=".5"><g opacity=".5">${RED}</g></g>`,
  "rule for two rectangles": '<style>rect{fill:red}</style><rect width="20" height="20"/><rect x="40" width="20" height="20"/>',
  "clip path of a shape in a hidden group":
    `<clipPath id="clip"><use href="#shape"/></clipPath><g display="none"><circle id="shape" cx="20" cy="20" r="15"/></g><g clip-path="url(#clip)">${RED}</g>`,
};
const EXPECTED = [
  ["255 0 0 128", "255 0 0 128"],
  ["255 0 0 64", "255 0 0 128"],
  ["255 0 0 255", "0 0 0 255"],
  ["255 0 0 255", "0 0 0 0"],
];

function pixel(svg) {
  const { pixels, width } = new Resvg(svg).render();
  const start = 4 * (10 * width + 10);
  const [red, green, blue, alpha] = pixels.subarray(start, start + 4);
  const whole = (value) => (alpha ? Math.round((value * 255) / alpha) : 0);
  return [whole(red), whole(green), whole(blue), alpha].join(" ");
}

let isAsSeen = true;
Object.entries(CASES).forEach(([name, body], number) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" viewBox="0 0 100 100">${body}</svg>`;
  const seen = [pixel(svg), pixel(optimize(svg).data)];
  console.log(`${name}: ${seen.join(", then ")}`);
  isAsSeen &&= seen.join() === EXPECTED[number].join();
});
process.exit(isAsSeen ? 0 : 1);
JAVASCRIPT
node program.mjs
