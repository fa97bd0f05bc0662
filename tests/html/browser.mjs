// SPDX-License-Identifier: Apache-2.0
// What the tests of the HTML report share: the program under test, a browser, and pages that tell what went wrong in them.
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import path from "node:path";
import {test} from "node:test";
import {pathToFileURL} from "node:url";

const {M1BENCH, M1BENCH_SOURCE_DIR, M1BENCH_DEPS_DIR} = process.env;

export const sampleRun = () => JSON.parse(readFileSync(path.join(M1BENCH_SOURCE_DIR, "docs/sample-run.json"), "utf8"));

function skip(reason) {
  console.log(`skipped: ${reason}`);
  process.exit(77);  // tests/CMakeLists.txt: SKIP_RETURN_CODE
}

function executable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findChromium() {
  if (process.env.M1BENCH_CHROMIUM) return process.env.M1BENCH_CHROMIUM;
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const files = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.find(executable) ?? skip("no chromium; on Debian: apt-get install chromium");
}

const modules = path.join(M1BENCH_DEPS_DIR ?? "", "html/node_modules");
if (!existsSync(path.join(modules, "playwright-core"))) skip("no playwright-core in .deps/html; scripts/test installs it with npm");
const require = createRequire(path.join(modules, "index.js"));
const {chromium} = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const folder = mkdtempSync(path.join(tmpdir(), "m1bench-html-"));
process.on("exit", () => rmSync(folder, {recursive: true, force: true}));

// The report of a run, as the address of a file.
export function reportOf(name, run) {
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(run));
  const html = path.join(folder, `${name}.html`);
  writeFileSync(html, execFileSync(M1BENCH, ["report", file, "--format", "html"], {maxBuffer: 1 << 28}));
  return pathToFileURL(html).href;
}

// The trends of runs, likewise.
export function trendsOf(name, runs) {
  const [database, html] = ["sqlite", "html"].map((ending) => path.join(folder, `${name}.${ending}`));
  const files = runs.map((run, index) => {
    const file = path.join(folder, `${name}-${index}.json`);
    writeFileSync(file, JSON.stringify(run));
    return file;
  });
  execFileSync(M1BENCH, ["history", "add", ...files, "--db", database]);
  execFileSync(M1BENCH, ["history", "show", "--db", database, "--format", "html", "-o", html]);
  return pathToFileURL(html).href;
}

// No sandbox: the pages are our own, and tests run as root in containers that have none.
export const openBrowser = () => chromium.launch({executablePath: findChromium(), chromiumSandbox: false});

// A page and all that should not happen in it: complaints, and requests for anything but itself.
// `prepare` is run in it before its own scripts.
export async function openPage(browser, address, options = {}, prepare = () => {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  await context.addInitScript(prepare);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== address) complaints.push(`asked for ${request.url()}`); });
  await page.goto(address);
  return {page, complaints};
}

// For `prepare`: a browser that does not tell when it is idle.
export const neverIdle = () => { delete window.requestIdleCallback; };

// Waits until no chart is left that the page draws by itself.
export const allDrawn = (page) => page.waitForFunction(() => !document.querySelector(".plot:not(:has(svg))"));

// Draws what is drawn only when it comes near the screen.
export const drawAll = (page) => page.evaluate(() => dispatchEvent(new Event("beforeprint")));

// What axe finds that shuts somebody out, as lines.
export async function barriers(page) {
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"]}));
  return violations.filter(({impact}) => impact === "serious" || impact === "critical")
    .flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}

// For both looks and a phone: axe is content, and nothing sticks out. `page()` is [browser, file], known when the tests run.
export function testThatNobodyIsShutOut(page) {
  const looks = {light: {colorScheme: "light"}, dark: {colorScheme: "dark"}, narrow: {viewport: {width: 375, height: 800}}};
  for (const [name, options] of Object.entries(looks)) {
    test(`shuts nobody out: ${name}`, async () => {
      const {page: shown} = await openPage(...page(), options);
      await drawAll(shown);
      assert.deepEqual(await barriers(shown), []);
      assert.ok(await shown.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out sideways");
    });
  }
}
