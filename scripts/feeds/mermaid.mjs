// SPDX-License-Identifier: Apache-2.0
// Draws the Mermaid charts of Markdown files in a headless Chromium, as GitHub's page does:
//   node mermaid.mjs CHROMIUM MERMAID.min.js FOLDER REPORT.md...
// Fails if Mermaid does not take one, if two of its texts overlap, or if a label, bar or title is missing. FOLDER gets pictures.
import fs from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const [chromium, mermaid, folder, ...reports] = process.argv.slice(2);

const charts = text => [...text.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(match => match[1]);

// What the chart's own text asks for.
function wanted(chart) {
  const list = name => chart.match(new RegExp(`^  ${name} \\[(.*)\\]$`, 'm'))[1];
  const titles = [...chart.matchAll(/^  (?:title|y-axis) "([^"]*)"/gm)], labels = [...list('x-axis').matchAll(/"([^"]*)"/g)];
  return {texts: [...titles, ...labels].map(match => match[1]), bars: list('bar').split(', ').length};
}

// Runs in the page.
async function draw(chart, id) {
  await globalThis.mermaid.parse(chart);
  const {svg} = await globalThis.mermaid.render(id, chart);
  document.body.innerHTML = svg;
  const boxes = [...document.querySelectorAll('svg text')].filter(text => text.textContent.trim())
    .map(text => ({text: text.textContent, box: text.getBoundingClientRect().toJSON()}));
  const bars = [...document.querySelectorAll('svg rect')].filter(rect => rect.closest('[class^="bar-plot"]'));
  return {boxes, bars: bars.length, width: document.querySelector('svg').viewBox.baseVal.width};
}

function* overlaps(boxes) {
  for (let i = 0; i < boxes.length; ++i) {
    for (let j = i + 1; j < boxes.length; ++j) {
      const [a, b] = [boxes[i].box, boxes[j].box];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 3) yield `"${boxes[i].text}" and "${boxes[j].text}" overlap`;
    }
  }
}

function* faults(chart, drawn) {
  const {texts: wantedTexts, bars} = wanted(chart);
  const texts = drawn.boxes.map(({text}) => text);
  for (const text of wantedTexts) if (!texts.includes(text)) yield `"${text}" is not drawn`;
  if (drawn.bars !== bars) yield `${drawn.bars} bars and not ${bars}`;
  for (const {text, box} of drawn.boxes) if (box.left < 0 || box.right > drawn.width + 20) yield `"${text}" is cut off`;
  yield* overlaps(drawn.boxes);
}

const browser = await puppeteer.launch({executablePath: chromium, args: ['--no-sandbox', '--disable-gpu']});
let failed = 0;
for (const report of reports) {
  for (const [index, chart] of charts(fs.readFileSync(report, 'utf8')).entries()) {
    const name = `${path.basename(report)}-${index + 1}`;
    const page = await browser.newPage();
    await page.setViewport({width: 940, height: 900});
    await page.setContent('<!doctype html><body style="margin:0"></body>');
    await page.addScriptTag({path: mermaid});
    await page.evaluate(() => globalThis.mermaid.initialize({startOnLoad: false}));
    let found;
    try {
      found = [...faults(chart, await page.evaluate(draw, chart, 'chart'))];
      await (await page.$('svg')).screenshot({path: path.join(folder, name + '.png')});
    } catch (error) {
      found = [error.message.split('\n')[0]];
    }
    console.log(`${name}: ${found.length ? found.join('; ') : 'drawn'}`);
    failed += found.length > 0;
    await page.close();
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
