// node run.mjs PYODIDE PACKAGES PROGRAM: run a Python program in Pyodide, with a folder of unpacked packages on its path.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodide, packages, program] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(pyodide).href);
const python = await loadPyodide();
python.FS.mkdirTree("/packages");
python.FS.mount(python.FS.filesystems.NODEFS, { root: packages }, "/packages");
python.runPython("import sys; sys.path.insert(0, '/packages')");
try {
  await python.runPythonAsync(readFileSync(program, "utf-8"));
  await python.runPythonAsync("await use_async()");
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
