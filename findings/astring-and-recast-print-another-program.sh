#!/usr/bin/env bash
# astring 1.9.0 and recast 0.23.21 (npm, write JavaScript from a syntax tree): parentheses that decide what a program does are left out.
#
# Guess before the first run: a printer puts parentheses wherever the tree needs them, so that the printed program does what the tree says.
# Seen: astring prints (job?.result).url as job?.result.url, which is undefined where the program raised an error. recast prints a minus of
# a minus as a decrement, and an arrow function as a condition or an optional chain before a member without parentheses; it does so for
# nodes that a codemod put in, in plain recast.print(). @babel/generator 7.29.15 and esrap 2.4.0 print all of them right.
# Consequence: a codemod that puts a value in the place of a call gives files that parse and do something else: a picture without an address
# is no error any more, or a variable is counted down.
#
# Output seen on 2026-12-01 (Node.js 20):
#   babel: x and shift 3,3; (job?.result).url TypeError; (() => 1) ? 1 : 2 is a number
#   esrap: x and shift 3,3; (job?.result).url TypeError; (() => 1) ? 1 : 2 is a number
#   astring: x and shift 3,3; (job?.result).url undefined; (() => 1) ? 1 : 2 is a number
#   recast: x and shift 2,2; (job?.result).url undefined; (() => 1) ? 1 : 2 is a function
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" astring@1.9.0 recast@0.23.21 esrap@2.4.0 acorn@8.19.0 \
  @babel/generator@7.29.15 @babel/parser@7.29.15
cat >program.mjs <<'JAVASCRIPT'
import * as babelParser from "@babel/parser";
import * as acorn from "acorn";
import * as astring from "astring";
import babelGenerator from "@babel/generator";
import { print as esrap } from "esrap";
import ts from "esrap/languages/ts";
import * as recast from "recast";

// Each codemod puts the second expression in the place of the call value() of the first.
const CASES = {
  minus: ["let x = 3; let shift = -value(); return [x, shift].join();", "-x"],
  chain: ["const job = null; return value().url;", "job?.result"],
  condition: ["return typeof (value() ? 1 : 2);", "() => 1"],
};
const wrapped = (text) => `globalThis.run = function () { ${text} };`;

function replaced(tree, expression) {
  if (!tree || typeof tree !== "object") return tree;
  if (tree.type === "CallExpression" && tree.callee.name === "value") return expression;
  for (const [key, value] of Object.entries(tree)) tree[key] = replaced(value, expression);
  return tree;
}
const build = recast.types.builders;
const BUILT = {
  "-x": build.unaryExpression("-", build.identifier("x")),
  "job?.result": build.optionalMemberExpression(build.identifier("job"), build.identifier("result")),
  "() => 1": build.arrowFunctionExpression([], build.literal(1)),
};
const OPTIONS = { ecmaVersion: "latest", sourceType: "module" };
const byAcorn = (write) => (text, expression) => write(replaced(acorn.parse(text, OPTIONS), acorn.parseExpressionAt(expression, 0, OPTIONS)));
const BABEL = { parse: (text) => babelParser.parse(text, { sourceType: "module", tokens: true }) };
const PRINTERS = {
  babel(text, expression) {
    const tree = babelParser.parse(text, { sourceType: "module" });
    replaced(tree.program, babelParser.parseExpression(expression));
    return babelGenerator.default(tree).code;
  },
  esrap: byAcorn((tree) => esrap(tree, ts()).code),
  astring: byAcorn((tree) => astring.generate(tree)),
  recast(text, expression) {
    const tree = recast.parse(text, { parser: BABEL });
    recast.visit(tree, {
      visitCallExpression(path) {
        if (path.node.callee.name !== "value") return this.traverse(path);
        path.replace(BUILT[expression]);
        return false;
      },
    });
    return recast.print(tree).code;
  },
};

function outcome(printer, [text, expression]) {
  (0, eval)(PRINTERS[printer](wrapped(text), expression));
  try {
    return String(globalThis.run());
  } catch (error) {
    return error.name;
  }
}

const WANTED = ["3,3", "TypeError", "number"];
const EXPECTED = { babel: WANTED, esrap: WANTED, astring: ["3,3", "undefined", "number"], recast: ["2,2", "undefined", "function"] };
let isAsSeen = true;
for (const [printer, expected] of Object.entries(EXPECTED)) {
  const seen = Object.values(CASES).map((texts) => outcome(printer, texts));
  console.log(`${printer}: x and shift ${seen[0]}; (job?.result).url ${seen[1]}; (() => 1) ? 1 : 2 is a ${seen[2]}`);
  isAsSeen &&= seen.join(";") === expected.join(";");
}
process.exit(isAsSeen ? 0 : 1);
JAVASCRIPT
node program.mjs
