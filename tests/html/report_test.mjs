// SPDX-License-Identifier: Apache-2.0
// The HTML report in a browser. Skipped (77) where there is no Chromium, or scripts/html/package.json is not installed.
import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {allDrawn, drawAll, neverIdle, openBrowser, openPage, reportOf, sampleRun, testThatNobodyIsShutOut} from "./browser.mjs";
import {hostileRun, largeRun, sparseRun} from "./runs.mjs";

const kRows = 48;  // of the sample: 24 cases on two targets
let browser, sample;
before(async () => {
  browser = await openBrowser();
  sample = reportOf("sample", sampleRun());
});
after(() => browser?.close());

const shownCases = (page) => page.locator("#table tbody tr th").allTextContents();
const ratios = async (page) => (await page.locator("#table tbody tr td.number:nth-child(3)").allTextContents()).map(parseFloat);
const isAscending = (values) => values.every((value, i) => i === 0 || values[i - 1] <= value);

test("draws every chart, without a complaint and without a request", async () => {
  const {page, complaints} = await openPage(browser, sample);
  await drawAll(page);
  const places = await page.locator(".plot").count();
  assert.equal(places, 2 + 1 + 3 + 2 + 4, "ratios, bounds, slots, blocks and losses");
  assert.equal(await page.locator(".plot > svg[role=img][aria-label]").count(), places);
  assert.equal(await page.locator("#ratio-charts .dot path").count(), kRows);
  assert.deepEqual(complaints, []);
});

test("says of a chart what is in it, and draws none of nothing", async () => {
  const {page, complaints} = await openPage(browser, reportOf("sparse", sparseRun()));
  await drawAll(page);
  assert.equal(await page.locator(".plot:not(:has(svg[aria-label]))").count(), 0);
  const losses = page.locator("#loss-charts figcaption");
  assert.deepEqual(await losses.locator("strong").allTextContents(), ["train/regression-mlp", "train/mnist-cnn", "train/cifar-mlp"]);
  assert.deepEqual(await losses.nth(1).locator(".key").allTextContents(), ["x86_64-v4/native", "arm64/qemu-user"]);
  const told = () => page.locator("#block-charts figcaption").first().textContent();
  assert.match(await told(), /blocks; no estimate: wrong answer$/);
  await page.locator("#case-choice").selectOption({index: 1});
  assert.match(await told(), /Ratio of each of 2 blocks; the line is the estimate, too few blocks for an interval: takes [0-9.]+x the time$/);
  await page.locator("#case-choice").selectOption({index: 2});
  assert.match(await told(), /blocks; the line is the estimate, the band its 95 % interval: takes [0-9.]+x the time \[[0-9.]+, [0-9.]+\]$/);
  assert.equal(await page.locator("#table td.verdict.slower").first().textContent(), "slower (quick)");
  assert.deepEqual(complaints, []);
});

test("draws the other charts when one cannot be drawn", async () => {
  const {page, complaints} = await openPage(browser, sample);
  await page.locator("#loss-charts .plot").first().evaluate((place) => { place.chart.draw = () => { throw new Error("no ink"); }; });
  await drawAll(page);
  assert.equal(await page.locator(".plot:not(:has(svg))").count(), 1);
  assert.equal(await page.getByText("This chart could not be drawn: no ink").count(), 1);
  assert.equal(complaints.length, 1);
});

test("copies commands, and nothing else", async () => {
  const {page} = await openPage(browser, sample);
  await page.evaluate(() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; });
  const commands = page.locator("figure.command");
  for (let index = 0; index < await commands.count(); ++index) {
    const command = commands.nth(index);
    await command.getByRole("button").click();  // there is one
    assert.equal(await page.evaluate(() => window.copied), await command.locator("pre").textContent());
  }
  const buttons = await page.getByRole("button", {name: /^Copy: /}).all();
  const names = await Promise.all(buttons.map((button) => button.getAttribute("aria-label")));
  assert.equal(new Set(names).size, await commands.count());
  assert.ok(names.includes("Copy: The worker of arm64/qemu-user"));
});

test("tells that it copied for a while, or that it could not", async () => {
  const {page, complaints} = await openPage(browser, sample);
  await page.clock.install();
  const command = page.locator("figure.command").first();
  const told = command.getByRole("status");
  await page.evaluate(() => { navigator.clipboard.writeText = async () => {}; });
  await command.getByRole("button").click();
  await told.getByText("Copied").waitFor();
  await page.clock.runFor(60_000);
  assert.equal(await told.textContent(), "");
  await page.evaluate(() => { navigator.clipboard.writeText = async () => { throw new DOMException("no", "NotAllowedError"); }; });
  await command.getByRole("button").click();
  await told.getByText("The browser does not allow it").waitFor();
  assert.deepEqual(complaints, []);
});

test("has the target under the name on a telephone, and then what it takes", async () => {
  const {page} = await openPage(browser, sample, {viewport: {width: 375, height: 800}});
  assert.equal(await page.getByRole("columnheader", {name: "Target"}).count(), 0);
  const row = page.locator("#table tbody tr").nth(1);
  assert.equal(await row.locator("th").evaluate((cell) => getComputedStyle(cell, "::after").content), '"arm64/qemu-user"');
  const takes = await row.locator("td.number").first().boundingBox();
  assert.ok(takes.x + takes.width <= 375, "seen without scrolling");
  const {page: wide} = await openPage(browser, sample);
  assert.equal(await wide.getByRole("columnheader", {name: "Target"}).count(), 1);
  assert.equal(await wide.locator("#table tbody th").first().evaluate((cell) => getComputedStyle(cell, "::after").content), "none");
});

test("has a sign for every verdict in any browser, which nobody is read aloud", async () => {
  const {page} = await openPage(browser, sample);
  const style = await page.locator("style").first().textContent();
  const silent = [...style.matchAll(/content: ([^;]+?) \/ "";/g)];
  assert.ok(silent.length > 10);
  for (const [text, sign] of silent) assert.ok(style.includes(`content: ${sign}; ${text}`), `${text} alone is nothing to some browsers`);
  const slower = page.locator("#table td.verdict.slower").first();
  assert.match(await slower.evaluate((cell) => getComputedStyle(cell, "::before").content), /\u25b2/);
  assert.equal(await slower.ariaSnapshot(), '- cell "slower"');
});

test("tells of the row that the pointer is near in the colour of text", async () => {
  const {page} = await openPage(browser, sample, {colorScheme: "dark"});
  await page.locator("#ratio-charts .dot path").first().hover();
  const tip = page.locator("#ratio-charts .tip text");
  await tip.waitFor();
  const [fill, color] = await tip.evaluate((text) => [getComputedStyle(text).fill, getComputedStyle(document.body).color]);
  assert.equal(fill, color);
});

test("fits its table into 1280 pixels, and shows by a shadow that it goes on in less", async () => {
  const quick = reportOf("quick", {...sampleRun(), session: {...sampleRun().session, quick: true}});  // longer verdicts
  for (const [address, width, fits] of [[sample, 1280, true], [quick, 1280, true], [sample, 400, false]]) {
    const {page} = await openPage(browser, address, {viewport: {width, height: 900}});
    const [scrolls, shadow] = await page.locator(".scroll").evaluate(
      (place) => [place.scrollWidth > place.clientWidth, getComputedStyle(place).backgroundAttachment]);
    assert.equal(!scrolls, fits);
    assert.equal(shadow, "local, scroll");
  }
});

test("draws a chart when it comes near the screen, and before only if it is idle", async () => {
  const {page} = await openPage(browser, sample, {}, neverIdle);
  assert.equal(await page.locator("#loss-charts svg").count(), 0);
  await page.locator("#losses").scrollIntoViewIfNeeded();
  await page.locator("#loss-charts svg").first().waitFor();
  const {page: idle, complaints} = await openPage(browser, sample);
  await allDrawn(idle);
  assert.equal(await idle.evaluate(() => scrollY), 0);
  assert.deepEqual(complaints, []);
});

test("sorts by a heading that is pressed, up and then down", async () => {
  const {page} = await openPage(browser, sample);
  const before = await shownCases(page);
  const heading = page.getByRole("columnheader", {name: "Takes"});
  await heading.getByRole("button").click();
  assert.equal(await heading.getAttribute("aria-sort"), "ascending");
  assert.ok(isAscending(await ratios(page)));
  await heading.getByRole("button").click();
  assert.equal(await heading.getAttribute("aria-sort"), "descending");
  assert.ok(isAscending((await ratios(page)).reverse()));
  await page.getByRole("button", {name: "Show all"}).click();
  await page.waitForFunction(() => !document.querySelector("[aria-sort]"));
  assert.deepEqual(await shownCases(page), before);
});

test("filters by words, family, target and verdict, and the charts follow", async () => {
  const {page} = await openPage(browser, sample);
  await page.locator("#filter-text").fill("train mlp");
  assert.deepEqual([...new Set(await shownCases(page))], ["train/regression-mlp", "train/mnist-mlp", "train/cifar-mlp"]);
  await page.locator("#filter-target").selectOption("arm64/qemu-user");
  assert.equal(await page.locator("#shown").textContent(), `3 of ${kRows} rows shown`);
  assert.equal(await page.locator("#ratio-charts figure").count(), 1);
  await page.getByRole("button", {name: "Show all"}).click();
  await page.waitForFunction((rows) => document.querySelectorAll("#table tbody tr").length === rows, kRows);
  await page.locator("#filter-family").selectOption("conv2d");
  await page.locator("#filter-verdict").selectOption("slower");
  assert.deepEqual([...new Set(await page.locator("#table td.verdict").allTextContents())], ["slower"]);
  assert.ok((await shownCases(page)).every((name) => name.startsWith("conv2d/")));
  await page.locator("#filter-text").fill("no such case");
  assert.deepEqual(await shownCases(page), []);
});

test("can be used with the keyboard alone", async () => {
  const {page} = await openPage(browser, sample);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the results");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#results$/);
  await page.getByRole("columnheader", {name: "Verdict"}).getByRole("button").focus();
  await page.keyboard.press("Space");
  assert.equal(await page.getByRole("columnheader", {name: "Verdict"}).getAttribute("aria-sort"), "ascending");
  await page.getByRole("button", {name: "train/cifar-mlp"}).first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "case-choice");
  assert.equal(await page.locator("#case-choice option:checked").textContent(), "train/cifar-mlp");
  assert.equal(await page.locator("#slot-charts figure").count(), 3);
});

testThatNobodyIsShutOut(() => [browser, sample]);

test("says what matters without scripts", async () => {
  const {page} = await openPage(browser, sample, {javaScriptEnabled: false});
  for (const text of ["takes 2.46x the time", "Warnings", "Machine and provenance", "AMD EPYC"]) {
    assert.ok(await page.getByText(text).first().isVisible(), text);
  }
  assert.equal(await page.locator("#table tbody tr:visible").count(), kRows);
  assert.equal(await page.locator(".needs-script:visible").count(), 0);
});

test("has its charts on paper", async () => {
  const {page, complaints} = await openPage(browser, sample, {colorScheme: "dark"});
  const paper = await page.pdf({format: "A4"});
  assert.ok(paper.length > 20_000);
  assert.equal(await page.locator(".plot:not(:has(svg))").count(), 0);
  await page.emulateMedia({media: "print"});
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--panel")), "#ffffff");
  assert.deepEqual(complaints, []);
});

test("takes hostile names for text", async () => {
  const {page, complaints} = await openPage(browser, reportOf("hostile", hostileRun()));
  await drawAll(page);
  await page.locator("#filter-text").fill("<img");
  await page.locator("#filter-family").selectOption({index: 1});
  await page.locator("#table button.link").first().click();
  await drawAll(page);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator("img, svg image, [onerror], [onload]").count(), 0);
  assert.match((await shownCases(page))[0], /<\/script><script>window.hacked=1.*\\u\{202E\}txt.exe/);
  assert.ok(!(await page.content()).includes("\u202e"));
  assert.deepEqual(complaints, []);
});

test("lets nothing be hidden behind a name of 3000 characters", async () => {
  const address = reportOf("long", hostileRun());
  for (const width of [1280, 375]) {
    const {page} = await openPage(browser, address, {viewport: {width, height: 900}});
    const reached = await page.locator("#table tbody tr:first-child > td.verdict").evaluate((cell) => {
      cell.scrollIntoView({behavior: "instant", block: "center", inline: "center"});
      const {x, y, width, height} = cell.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) === cell;
    });
    assert.ok(reached, `at ${width} pixels`);
  }
});

// Counts what is made in a page: charts, and rows beyond those that the file has as such.
function countMade() {
  window.made = {charts: 0, rows: 0};
  const createElementNS = Document.prototype.createElementNS, createElement = Document.prototype.createElement;
  Document.prototype.createElementNS = function (space, name) {
    if (name === "svg") ++window.made.charts;
    return createElementNS.call(this, space, name);
  };
  Document.prototype.createElement = function (name, ...rest) {
    if (name === "template") ++window.made.rows;
    return createElement.call(this, name, ...rest);
  };
}

test("holds 10,000 rows and shows 200", {timeout: 300_000}, async () => {
  const address = reportOf("large", largeRun());
  const started = performance.now();
  const {page, complaints} = await openPage(browser, address, {}, countMade);
  const opened = performance.now();
  await allDrawn(page);
  const made = await page.evaluate(() => window.made);
  assert.equal(made.charts, 4 + 5 + 4, "ratios, slots and blocks");
  assert.ok(made.rows <= 4 * 60, "those of the charts");
  await page.evaluate(() => {
    window.looks = 0;
    const {passes} = ResultsTable.prototype;
    ResultsTable.prototype.passes = function (row) { ++window.looks; return passes.call(this, row); };
  });
  const asked = performance.now();
  await page.locator("#filter-text").fill("case-77");
  assert.equal(await page.locator("#shown").textContent(), `${4 * 11} of 10,000 rows shown`, "case-77 and case-770 to case-779");
  const filtered = performance.now();
  assert.equal(await page.evaluate(() => window.looks), 10_000, "each row is looked at once");
  assert.ok(await page.evaluate(() => window.made.rows) <= 4 * 60 + 4 * 11);
  await page.getByRole("columnheader", {name: "Takes"}).getByRole("button").click();
  assert.ok(isAscending(await ratios(page)));
  const sorted = performance.now();
  console.log(`10,000 rows: open after ${Math.round(opened - started)} ms, filtered in ${Math.round(filtered - asked)} ms, ` +
    `sorted in ${Math.round(sorted - filtered)} ms`);
  await page.locator("#filter-text").fill("");
  assert.equal(await page.locator("#table tbody tr").count(), 200);
  assert.ok(await page.evaluate(() => document.querySelectorAll("body *").length) < 15_000, "the rest is kept out of the document");
  assert.ok(await page.locator("#ratio-charts .dot path").count() <= 4 * 60);
  await page.getByRole("button", {name: "Show more rows"}).click();
  assert.equal(await page.locator("#table tbody tr").count(), 1200);
  assert.deepEqual(complaints, []);
});
