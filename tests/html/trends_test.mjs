// SPDX-License-Identifier: Apache-2.0
// The page of trends in a browser. Skipped (77) where there is no Chromium, or scripts/html/package.json is not installed.
import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {drawAll, neverIdle, openBrowser, openPage, trendsOf, testThatNobodyIsShutOut} from "./browser.mjs";
import {hostileRun, largeRun, runsOverTime} from "./runs.mjs";

const kSeries = 48;  // of the sample: 24 cases on two targets
let browser, sample;
before(async () => {
  browser = await openBrowser();
  sample = trendsOf("sample", runsOverTime(26));
});
after(() => browser?.close());

test("draws a chart for each case and target, without a complaint and without a request", async () => {
  const {page, complaints} = await openPage(browser, sample);
  await drawAll(page);
  assert.equal(await page.locator(".plot > svg[role=img][aria-label]").count(), kSeries);
  assert.deepEqual(complaints, []);
});

test("marks changes and breaks, and draws what is between them apart", async () => {
  const {page} = await openPage(browser, sample);
  await drawAll(page);
  const chart = page.locator("#trend-0 .plot");
  const label = await chart.locator("svg").first().getAttribute("aria-label");
  assert.match(label, /: 26 runs, changes: 1, breaks: 1; the latest takes /);
  assert.equal(await chart.locator(".mark line").count(), 2);
  assert.equal(await chart.locator(".mean line").count(), 3, "until it got slower, until the compiler changed, and after");
  assert.equal(await chart.locator(".line path").count(), 3);
  assert.equal(await chart.locator(".dot circle").count(), 26);
  const labels = await chart.locator(".text text").allTextContents();
  assert.match(labels[0], /^1\.(09|10|11)x$/);
  assert.equal(labels[1], "tool.compiler");
  assert.deepEqual(await page.locator("#trend-0 .mark:not(svg *)").allTextContents(),
                   ["takes longer from here", "another series from here"]);
});

test("draws a chart when it comes near the screen, and before only if it is idle", async () => {
  const {page} = await openPage(browser, sample, {}, neverIdle);
  const last = page.locator(`#trend-${kSeries - 1}`);
  assert.equal(await last.locator("svg").count(), 0);
  await page.locator("#results a").last().click();
  await last.locator("svg").first().waitFor();
});

testThatNobodyIsShutOut(() => [browser, sample]);

test("says what matters without scripts", async () => {
  const {page} = await openPage(browser, sample, {javaScriptEnabled: false});
  assert.equal(await page.locator("#results tbody tr:visible").count(), kSeries);
  assert.ok(await page.getByText("another series: tool.compiler").first().isVisible());
  assert.equal(await page.locator(".needs-script:visible").count(), 0);
});

test("has its charts on paper", async () => {
  const {page, complaints} = await openPage(browser, sample, {colorScheme: "dark"});
  await page.pdf({format: "A4"});
  assert.equal(await page.locator(".plot:not(:has(svg))").count(), 0);
  assert.deepEqual(complaints, []);
});

test("takes hostile names for text", async () => {
  const {page, complaints} = await openPage(browser, trendsOf("hostile", runsOverTime(26, hostileRun())));
  await drawAll(page);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator("img, svg image, [onerror], [onload]").count(), 0);
  assert.match(await page.locator("#trend-0 h2").textContent(), /<\/script><script>window.hacked=1.*\\u\{202E\}txt.exe/);
  assert.ok(!(await page.content()).includes("\u202e"));
  assert.deepEqual(complaints, []);
});

test("draws runs that differ in nothing, a single run and one without intervals", async () => {
  const [run] = runsOverTime(1);
  const single = {...run, blocks: run.blocks.filter((block) => block.round === 0)};
  for (const runs of [[run], [single], [0, 1, 2].map((day) => ({...run, session: {...run.session, id: `same-${day}`}}))]) {
    const {page, complaints} = await openPage(browser, trendsOf(`few-${runs.length}-${runs[0].blocks.length}`, runs));
    await drawAll(page);
    assert.equal(await page.locator("#trend-0 .dot circle").count(), runs.length);
    assert.ok(!(await page.locator("#trend-0 .plot").innerHTML()).includes("NaN"));
    assert.deepEqual(complaints, []);
  }
});

test("holds a thousand series, and draws a hundred before they are looked at", {timeout: 300_000}, async () => {
  const run = largeRun();
  const names = new Set(run.cases.slice(0, 250).map((item) => item.name));
  run.cases = run.cases.slice(0, 250);
  for (const rows of ["verifications", "blocks"]) run[rows] = run[rows].filter((row) => names.has(row.case));
  const address = trendsOf("large", runsOverTime(10, run));
  const started = performance.now();
  const {page, complaints} = await openPage(browser, address);
  console.log(`1,000 series: open after ${Math.round(performance.now() - started)} ms`);
  assert.equal(await page.locator(".plot").count(), 1000);
  await page.waitForFunction(() => document.querySelectorAll(".plot > svg").length === 100);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done))));
  assert.equal(await page.locator(".plot > svg").count(), 100);
  assert.deepEqual(complaints, []);
});
