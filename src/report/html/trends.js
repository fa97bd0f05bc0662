// SPDX-License-Identifier: Apache-2.0
// Puts a chart into each section of the page of trends.
"use strict";

const kMarkTexts = {slower: "takes longer from here", faster: "takes less time from here", break: "another series from here"};

function marksOf({changes, breaks}) {
  const steps = changes.map(({at, step, label}) => ({at, label, kind: step > 1 ? "slower" : "faster"}));
  return steps.concat(breaks.map(({at, label}) => ({at, label, kind: "break"}))).sort((a, b) => a.at - b.at);
}

function chartOf(trend) {
  const marks = marksOf(trend);
  const kinds = Object.keys(kMarkTexts).filter((kind) => marks.some((mark) => mark.kind === kind));
  const intervals = trend.points.some(({low}) => low !== undefined) ? ", with 95 % intervals" : "";
  const means = marks.length > 0 ? "lines are the means between the marks" : "line is the mean";
  return new Chart({
    caption: [`Time against the baseline's${intervals}; the thick ${means}.`,
              legend(kinds.map((kind) => ({className: `mark ${kind}`, text: kMarkTexts[kind]})))],
    label: `${trend.name}: ${trend.points.length} runs, changes: ${trend.changes.length}, breaks: ${trend.breaks.length}; ` +
      `the latest ${trend.points.at(-1).text.split("\n")[1]}; the table has each of them`,
    height: kTrendHeight,
    draw: (width) => trendChart(trend.points, marks, width),
  });
}

const trends = readJson("trends");
for (const place of document.querySelectorAll("[data-trend]")) place.append(chartOf(trends[place.dataset.trend]).element);
