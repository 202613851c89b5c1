#!/usr/bin/env bash
# ts-morph 28.0.0 (npm, changes TypeScript): a renamed property takes the value of another variable where an object is written in shorthand.
#
# Guess before the first run: { aspectRatio } becomes { aspect_ratio: aspectRatio }, as editors do it.
# Seen: it becomes { aspect_ratio }. The variable keeps its name, so the property is what else is called aspect_ratio, or a name that is not
# defined. With the option usePrefixAndSuffixText: true the guess holds; without it, { aspectRatio } of a pattern is right, since its
# uses are renamed with it.
# Consequence: after a rename in an API's types a program compiles where both names exist, and orders pictures of another shape.
#
# Output seen on 2026-11-30 (Node.js 20):
#   as it is: submit({ aspectRatio }); sends 16:9
#   rename(): submit({ aspect_ratio }); sends 1:1; errors 0
#   with usePrefixAndSuffixText: submit({ aspect_ratio: aspectRatio }); sends 16:9; errors 0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" ts-morph@28.0.0
cat >program.cjs <<'JAVASCRIPT'
const { Project, ts } = require("ts-morph");

const SOURCE = `interface PictureRequest { aspectRatio: string }
let sent = "";
function submit(body: PictureRequest) { sent = Object.values(body).join(); }
const aspect_ratio = "1:1";
const aspectRatio = "16:9";
submit({ aspectRatio });
`;

function renamed(options) {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { strict: true, target: ts.ScriptTarget.ES2022 } });
  const file = project.createSourceFile("program.ts", SOURCE);
  if (options) file.getInterface("PictureRequest").getProperty("aspectRatio").rename("aspect_ratio", options);
  const errors = project.getPreEmitDiagnostics().length;
  const line = file.getFullText().split("\n")[5];
  const sent = new Function(ts.transpile(file.getFullText(), { target: ts.ScriptTarget.ES2022 }) + "; return sent;")();
  return [line, sent, errors];
}

const before = renamed(null);
const plain = renamed({});
const full = renamed({ usePrefixAndSuffixText: true });
console.log(`as it is: ${before[0]} sends ${before[1]}`);
console.log(`rename(): ${plain[0]} sends ${plain[1]}; errors ${plain[2]}`);
console.log(`with usePrefixAndSuffixText: ${full[0]} sends ${full[1]}; errors ${full[2]}`);
const expected = [
  ["submit({ aspectRatio });", "16:9", 0],
  ["submit({ aspect_ratio });", "1:1", 0],
  ["submit({ aspect_ratio: aspectRatio });", "16:9", 0],
];
process.exit(JSON.stringify([before, plain, full]) === JSON.stringify(expected) ? 0 : 1);
JAVASCRIPT
node program.cjs
