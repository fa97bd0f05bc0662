// SPDX-License-Identifier: Apache-2.0
// The charts of the report. Each function takes plain data and a width in pixels and returns an element made by Observable
// Plot. Colours are variables of the style sheet, so a chart follows the page from light to dark; no fact is told by colour
// alone. Names reach the document as text only.
"use strict";

const kVerdicts = [
  {name: "slower", symbol: "triangle", color: "var(--slower)", fill: "var(--slower)"},
  {name: "faster", symbol: "square", color: "var(--faster)", fill: "var(--faster)"},
  {name: "same", symbol: "circle", color: "var(--same)", fill: "var(--same)"},
  {name: "unsure", symbol: "diamond", color: "var(--unsure)", fill: "var(--panel)"},
];

// Of targets, in their order; beyond these they come again.
const kSeries = ["circle", "triangle", "square", "diamond", "cross", "star"]
  .map((symbol, index) => ({symbol, color: `var(--series-${index})`}));
const seriesOf = (target) => kSeries[target % kSeries.length];

const kCharacter = 7.3;  // pixels, of the fixed-width letters that names are set in
const chartHeight = (rows) => rows * 21 + 42;  // of one with a row a name

// A name that fits so many characters: its middle goes, because names differ at their ends.
function shortened(name, most) {
  if (name.length <= most) return name;
  const front = Math.ceil((most - 1) / 2);
  return name.slice(0, front) + "…" + name.slice(name.length - (most - 1 - front));
}

// What a chart of one row a name shares: room for names, and an axis of row numbers that reads as names.
function namedRows(names, width) {
  const most = Math.max(8, Math.floor(Math.min(0.42 * width, 280) / kCharacter));
  const longest = Math.min(most, Math.max(0, ...names.map((name) => name.length)));
  return {
    width,
    height: chartHeight(names.length),
    marginLeft: Math.ceil(longest * kCharacter) + 14,
    marginRight: 18,
    marginTop: 34,
    marginBottom: 8,
    y: {domain: names.map((_, index) => index), tickFormat: (index) => shortened(names[index], most), label: null, tickSize: 0},
  };
}

// Ticks of a logarithmic axis, as many as there is room for.
function logTicks([low, high], room) {
  const most = Math.max(2, room / 52);
  if (high / low < 2.5) return d3.ticks(low, high, most);
  const decades = d3.range(Math.floor(Math.log10(low)), Math.log10(high));
  const ticksOf = (steps, every) => decades.filter((decade) => decade % every === 0)
    .flatMap((decade) => steps.map((step) => Number((step * 10 ** decade).toPrecision(3))))
    .filter((tick) => tick >= low && tick <= high);
  const sets = [[1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3]].map((steps) => ticksOf(steps, 1))
    .concat(d3.range(1, decades.length + 1).map((every) => ticksOf([1], every)));
  return sets.find((ticks) => ticks.length <= most) ?? [1];
}

// Around all numbers and 1, with some air.
function logDomain(values) {
  const known = values.filter((value) => Number.isFinite(value) && value > 0).concat(1);
  const air = Math.max(1.01, (Math.max(...known) / Math.min(...known)) ** 0.04);
  return [Math.min(...known) / air, Math.max(...known) * air];
}

// What is told of the row that the pointer is near. Plot makes it anew each time, so it has a class from the start.
const kTip = {title: "text", className: "tip", fontSize: 12, fill: "var(--panel)", stroke: "var(--line)"};

function pointed(rows, x) {
  return Plot.tip(rows, Plot.pointerY({x, y: "index", ...kTip}));
}

// A dot and its interval a row. rows: [{name, ratio, low, high, verdict, text}]; low and high may be missing.
function ratioChart(rows, width) {
  const named = namedRows(rows.map((row) => row.name), width);
  const placed = rows.map((row, index) => ({...row, index}));
  const domain = logDomain(rows.flatMap((row) => [row.low, row.ratio, row.high]));
  return Plot.plot({
    ...named,
    x: {type: "log", domain, ticks: logTicks(domain, width - named.marginLeft), tickFormat: (tick) => `${tick}x`, axis: "top",
        label: "times the baseline's time", labelArrow: "none"},
    marks: [
      Plot.gridX({stroke: "var(--line)", strokeOpacity: 1, ticks: logTicks(domain, width - named.marginLeft)}),
      Plot.ruleX([1], {stroke: "var(--text)", strokeWidth: 1.25}),
      Plot.ruleY(placed.filter((row) => row.low !== null),
                 {x1: "low", x2: "high", y: "index", stroke: "var(--muted)", strokeWidth: 2}),
      ...kVerdicts.map(({name, symbol, color, fill}) =>
        Plot.dot(placed.filter((row) => row.verdict === name),
                 {x: "ratio", y: "index", symbol, fill, stroke: color, strokeWidth: 1.5, r: 4})),
      pointed(placed, "ratio"),
    ],
  });
}

// A dot a target in each row, joined by a line. rows: [{name, text, shares: [{target, share}]}], shares of 1.
function boundChart(rows, width) {
  const named = namedRows(rows.map((row) => row.name), width);
  const percent = (dot) => dot.percent;
  const dots = rows.flatMap((row, index) =>
    row.shares.map(({target, share}) => ({index, target, percent: 100 * share, text: row.text})));
  const spans = d3.groups(dots, (dot) => dot.index)
    .map(([index, own]) => ({index, low: d3.min(own, percent), high: d3.max(own, percent)}));
  const targets = [...new Set(dots.map((dot) => dot.target))];
  return Plot.plot({
    ...named,
    x: {domain: [0, Math.max(100, d3.max(dots, percent))], axis: "top",
        ticks: Math.max(2, Math.min(10, (width - named.marginLeft) / 60)),
        tickFormat: (tick) => `${tick} %`, label: "of the target's own bound", labelArrow: "none"},
    marks: [
      Plot.gridX({stroke: "var(--line)", strokeOpacity: 1}),
      Plot.ruleX([100], {stroke: "var(--text)", strokeWidth: 1.25}),
      Plot.ruleY(spans, {x1: "low", x2: "high", y: "index", stroke: "var(--line-strong)", strokeWidth: 2}),
      ...targets.map((target) => Plot.dot(dots.filter((dot) => dot.target === target),
        {x: "percent", y: "index", symbol: seriesOf(target).symbol, fill: seriesOf(target).color, stroke: "var(--panel)",
         strokeWidth: 1, r: 4.5})),
      pointed(dots, "percent"),
    ],
  });
}

// "us" and how many of them a second has, so that the numbers of an axis stay short.
function timeUnit(seconds) {
  if (seconds >= 1) return {name: "s", perSecond: 1};
  if (seconds >= 1e-3) return {name: "ms", perSecond: 1e3};
  return seconds >= 1e-6 ? {name: "us", perSecond: 1e6} : {name: "ns", perSecond: 1e9};
}

// Every slot above the start of its block, and a line through the blocks' medians. blocks: [{at, superseded, slots: [..]}]
function slotChart(blocks, target, width) {
  const slots = blocks.flatMap(({at, superseded, slots: times}) => times.map((time) => ({at, superseded, time})));
  const unit = timeUnit(d3.median(slots, (slot) => slot.time));
  const {color} = seriesOf(target);
  const inUnit = (slot) => slot.time * unit.perSecond;
  return Plot.plot({
    width, height: 190, marginLeft: 56, marginTop: 26, marginBottom: 38,
    x: {label: "seconds since the session began", labelArrow: "none", labelAnchor: "center", ticks: Math.max(2, width / 90)},
    y: {label: `${unit.name} a loop`, labelArrow: "none", grid: true, nice: true, ticks: 5},
    marks: [
      Plot.gridY({stroke: "var(--line)", strokeOpacity: 1, ticks: 5}),
      Plot.lineY(blocks.filter((block) => !block.superseded),
                 {x: "at", y: (block) => d3.median(block.slots) * unit.perSecond, stroke: color, strokeWidth: 1.5}),
      Plot.dot(slots.filter((slot) => !slot.superseded), {x: "at", y: inUnit, r: 2.2, fill: color, fillOpacity: 0.55}),
      Plot.dot(slots.filter((slot) => slot.superseded), {x: "at", y: inUnit, r: 3, symbol: "times", stroke: "var(--muted)"}),
    ],
  });
}

// The ratio of each block, piled up where they meet; the estimate as a line in its interval. row: {ratio, low, high} or
// undefined.
function blockChart(ratios, row, target, width) {
  const domain = d3.extent(ratios.concat(row && row.low !== null ? [row.low, row.high] : []));
  const air = Math.max(0.06 * (domain[1] - domain[0]), 0.002 * domain[1]);
  const {color, symbol} = seriesOf(target);
  return Plot.plot({
    width, height: 130, marginLeft: 20, marginRight: 20, marginTop: 12, marginBottom: 38,
    x: {domain: [domain[0] - air, domain[1] + air], ticks: Math.max(2, width / 80), tickFormat: (tick) => `${tick}x`,
        label: "ratio of a block", labelArrow: "none", labelAnchor: "center"},
    marks: [
      row && row.low !== null ? Plot.rect([row], {x1: "low", x2: "high", fill: color, fillOpacity: 0.16}) : null,
      row && row.ratio !== null ? Plot.ruleX([row.ratio], {stroke: color, strokeWidth: 2}) : null,
      Plot.dot(ratios, Plot.dodgeY({x: (ratio) => ratio, symbol, r: 3.5, fill: color, stroke: "var(--panel)", anchor: "bottom"})),
      Plot.frame({anchor: "bottom", stroke: "var(--line-strong)"}),
    ],
  });
}

// A line a target. curves: [{target, losses: [..]}]
function lossChart(curves, width) {
  const steps = curves.flatMap(({target, losses}) => losses.map((loss, index) => ({target, step: index + 1, loss})))
    .filter((step) => step.loss !== null);
  return Plot.plot({
    width, height: 200, marginLeft: 52, marginTop: 26, marginBottom: 38,
    x: {label: "step", labelArrow: "none", labelAnchor: "center", tickFormat: "d",
        ticks: Math.min(8, d3.max(steps, (step) => step.step) ?? 1)},
    y: {label: "loss", labelArrow: "none", ticks: 5, nice: true},
    marks: [
      Plot.gridY({stroke: "var(--line)", strokeOpacity: 1, ticks: 5}),
      ...d3.groups(steps, (step) => step.target).flatMap(([target, own]) => [
        Plot.lineY(own, {x: "step", y: "loss", stroke: seriesOf(target).color, strokeWidth: 1.5, strokeOpacity: 0.8}),
        Plot.dot(own, {x: "step", y: "loss", symbol: seriesOf(target).symbol, stroke: seriesOf(target).color, r: 2.5 + target}),
      ]),
    ],
  });
}

const kMarks = {
  slower: {color: "var(--slower)"},
  faster: {color: "var(--faster)"},
  break: {color: "var(--unsure)", dashes: "5 4"},
};
const kTrendHeight = 250;
const kLabelRows = 3;  // above the chart of a trend, one over the other where they would touch

// Which row each label is in; null if there is room in none, and then the list below the chart tells it.
function labelRows(marks, place, width) {
  const ends = Array(kLabelRows).fill(-Infinity);
  return marks.map((mark) => {
    const length = 6.6 * mark.label.length + 10;
    const flipped = place(mark.at) + length > width;
    const start = flipped ? place(mark.at) - length : place(mark.at);
    const row = ends.findIndex((end) => end <= start);
    if (row === -1 || start < 0) return {...mark, row: null};
    ends[row] = start + length;
    return {...mark, row, flipped};
  });
}

// A day a tick, as many as there is room for; the hour where the day is the same as before.
function dayTicks(points, room) {
  const every = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor(room / 84))));
  const ticks = d3.range(0, points.length, every);
  const dayOf = (index) => shortened(points[index].started.slice(0, 10), 10);
  const isSame = (index) => index >= every && dayOf(index) === dayOf(index - every);
  const textOf = (index) => isSame(index) ? points[index].started.slice(11, 16) : dayOf(index);
  return {ticks, tickFormat: textOf};
}

// The runs in order of time, each with its interval; a line and a mean for each stretch between marks.
// points: [{ratio, low, high, started, text}]; low and high may be missing.
// marks: [{at, kind, label}] in order, each before the point `at`; kind is "slower", "faster" or "break".
function trendChart(points, marks, width) {
  const [marginLeft, marginRight] = [58, 30];
  const room = width - marginLeft - marginRight;
  const placed = points.map((point, index) => ({...point, index}));
  const known = placed.flatMap(({low, ratio, high}) => [low, ratio, high]).filter((value) => Number.isFinite(value) && value > 0);
  const [least, most] = d3.extent(known);
  const isLog = most / least > 2.5;
  const air = Math.max(0.06 * (most - least), 0.004 * most);
  const domain = isLog ? [least / 1.1, most * 1.1] : [least - air, most + air];
  const ticks = isLog ? logTicks(domain, 260) : d3.ticks(...domain, 5);
  const edges = [...new Set([0, ...marks.map((mark) => mark.at), points.length])];
  const stretches = d3.pairs(edges).map(([from, to]) => ({
    from: from - 0.35, to: to - 0.65, own: placed.slice(from, to),
    mean: Math.exp(d3.mean(placed.slice(from, to), ({ratio}) => Math.log(ratio)))}));
  const labelled = labelRows(marks, (at) => at / points.length * room, room + marginRight);
  const rows = 1 + Math.max(-1, ...labelled.map((mark) => mark.row ?? -1));
  const above = (row) => 5 + 15 * (rows - row);  // pixels of a label's middle above the frame, and how far its rule reaches
  return Plot.plot({
    width, height: kTrendHeight, marginLeft, marginRight, marginTop: 14 + 15 * rows, marginBottom: 26,
    x: {domain: [-0.5, points.length - 0.5], label: null, ...dayTicks(points, room)},
    y: {type: isLog ? "log" : "linear", domain, ticks, tickFormat: (tick) => `${tick}x`, label: null, tickSize: 0},
    marks: [
      Plot.gridY({stroke: "var(--line)", strokeOpacity: 1, ticks}),
      domain[0] < 1 && domain[1] > 1 ? Plot.ruleY([1], {stroke: "var(--text)", strokeWidth: 1.25}) : null,
      ...labelled.map((mark) => Plot.ruleX([mark.at - 0.5], {stroke: kMarks[mark.kind].color, strokeWidth: 1.5, className: "mark",
        strokeDasharray: kMarks[mark.kind].dashes, insetTop: mark.row === null ? 0 : -above(mark.row) - 6})),
      Plot.ruleX(placed.filter(({low}) => low !== undefined),
                 {x: "index", y1: "low", y2: "high", stroke: "var(--muted)", strokeOpacity: 0.7, strokeWidth: 1.5}),
      ...stretches.flatMap(({from, to, own, mean}) => [
        Plot.lineY(own, {x: "index", y: "ratio", stroke: "var(--accent)", strokeOpacity: 0.55, strokeWidth: 1.25}),
        Plot.ruleY([mean], {x1: from, x2: to, stroke: "var(--accent)", strokeWidth: 2.5, strokeOpacity: 0.8, className: "mean"}),
      ]),
      Plot.dot(placed, {x: "index", y: "ratio", r: Math.max(1.5, Math.min(3.2, room / points.length / 3)), fill: "var(--accent)",
        stroke: "var(--panel)", strokeWidth: 0.75}),
      ...labelled.filter((mark) => mark.row !== null).map((mark) => Plot.text([mark], {x: mark.at - 0.5, frameAnchor: "top",
        dx: mark.flipped ? -5 : 5, dy: -above(mark.row), textAnchor: mark.flipped ? "end" : "start", text: "label",
        fill: kMarks[mark.kind].color, stroke: "var(--panel)", strokeWidth: 4, fontSize: 12})),
      Plot.tip(placed, Plot.pointerX({x: "index", y: "ratio", ...kTip})),
    ],
  });
}
