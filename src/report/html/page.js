// SPDX-License-Identifier: Apache-2.0
// Puts the table and the charts into the report.
"use strict";

const kMostRatios = 60;   // rows of one chart of ratios or bounds that a reader can take in
const kMostLosses = 12;   // charts of losses
const kTold_ms = 4000;    // how long it is told that something was copied

const upTo = (most, all, noun) => all > most ? ` The first ${most} of ${all.toLocaleString("en")} ${noun}.` : "";

const seriesLegend = (targets, names) =>
  legend(targets.map((target) => ({className: `key series-${target % kSeries.length}`, text: names[target]})));

function showRatios(data, rows, table) {
  const charts = data.targets.flatMap((name, target) => {
    const own = rows.filter((row) => row.target === target && row.ratio !== null);
    if (own.length === 0) return [];
    const shown = own.slice(0, kMostRatios).map((row) => ({...row, text: `${row.name}\n${tellRatio(table, row)}`}));
    const verdicts = kVerdicts.filter((verdict) => shown.some((row) => row.verdict === verdict.name));
    const quick = data.quick ? " (quick)" : "";
    const intervals = shown.every((row) => row.low === null) ? "" :
      ", with 95 % intervals" + (shown.some((row) => row.low === null) ? " where there are blocks enough" : "");
    return [new Chart({
      caption: [make("strong", {}, name),
                ` Time against the baseline's${intervals}.` + upTo(kMostRatios, own.length, "rows"),
                legend(verdicts.map((verdict) => ({className: `verdict ${verdict.name}`, text: verdict.name + quick})))],
      label: `Ratios of ${name}: ${shown.length} cases, from ${tellNumber(d3.min(shown, (row) => row.ratio))}x to ` +
        `${tellNumber(d3.max(shown, (row) => row.ratio))}x; the table has each of them`,
      height: chartHeight(shown.length),
      draw: (width) => ratioChart(shown, width),
    })];
  });
  putCharts("ratio-charts", charts);
}

const tellCount = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const tellNumber = (number) => Number(number.toPrecision(3));
// As the table tells it; the row has a ratio.
function tellRatio(table, row) {
  const element = table.elementOf(row);
  const interval = row.low === null ? "" : ` ${element.querySelector(".interval").textContent}`;
  return `takes ${element.querySelector(".number").textContent}${interval}`;
}

// What stands over the ratios of blocks: a line and a band, a line alone, or nothing but why there is no estimate.
function tellEstimate(table, row) {
  if (!row) return "no estimate: not compared";
  if (row.ratio === null) return table.elementOf(row).querySelector(".number").textContent.replace("no ratio", "no estimate");
  if (row.low === null) return `the line is the estimate, too few blocks for an interval: ${tellRatio(table, row)}`;
  return `the line is the estimate, the band its 95 % interval: ${tellRatio(table, row)}`;
}

function showBounds(data, rows) {
  const cases = d3.groups(rows.filter((row) => row.share !== null || row.baseShare !== null), (row) => row.case);
  const shown = cases.slice(0, kMostRatios).map(([index, own]) => {
    const shares = [{target: 0, share: own[0].baseShare}, ...own.map(({target, share}) => ({target, share}))]
      .filter(({share}) => share !== null);
    const lines = shares.map(({target, share}) => `${data.targets[target]}: ${tellNumber(100 * share)} %`);
    return {name: data.cases[index].name, shares, text: [data.cases[index].name, ...lines].join("\n")};
  });
  if (shown.length === 0) return putCharts("bound-charts", []);
  const targets = [...new Set(shown.flatMap((row) => row.shares.map(({target}) => target)))];
  putCharts("bound-charts", [new Chart({
    caption: [seriesLegend(targets, data.targets), upTo(kMostRatios, cases.length, "cases")],
    label: `Share of the bound of ${shown.length} cases on ${targets.length} targets; the table has each of them`,
    height: chartHeight(shown.length),
    draw: (width) => boundChart(shown, width),
  })]);
}

// The slots of one case: a chart a target.
function slotCharts(data, index, blocks) {
  return data.targets.flatMap((name, target) => {
    const own = blocks.filter((block) => block.slots[target]?.length).map((block) => ({...block, slots: block.slots[target]}));
    if (own.length === 0) return [];
    const dropped = own.some((block) => block.superseded) ? " Crosses: blocks measured again because the machine drifted." : "";
    return [new Chart({
      caption: [make("strong", {}, name), `Every slot over time; the line joins the medians of the blocks.${dropped}`],
      label: `Time of each slot of ${data.cases[index].name} on ${name}, in ${own.length} blocks`,
      height: 190, draw: (width) => slotChart(own, target, width)})];
  });
}

// Its ratios: a chart for each target that is compared with another.
function blockCharts(data, table, index, blocks) {
  return data.targets.flatMap((name, target) => {
    const ratios = blocks.filter((block) => !block.superseded && block.ratios[target] !== null)
      .map((block) => block.ratios[target]);
    if (ratios.length === 0) return [];
    const row = table.rows.find((candidate) => candidate.case === index && candidate.target === target);
    const told = tellEstimate(table, row);
    return [new Chart({
      caption: [make("strong", {}, name),
                `Ratio of each of ${tellCount(ratios.length, "block")}; ${told}`],
      label: `Ratios of ${tellCount(ratios.length, "block")} of ${data.cases[index].name} on ${name}; ${told}`,
      height: 130, draw: (width) => blockChart(ratios, row, target, width)})];
  });
}

function showCase(data, table, index) {
  const blocks = readJson(`m1bench-slots-${index}`);
  putCharts("slot-charts", slotCharts(data, index, blocks));
  putCharts("block-charts", blockCharts(data, table, index, blocks));
}

function showLosses(data) {
  const known = data.losses.filter((curve) => curve.losses.some((loss) => loss !== null));
  if (known.length === 0) byId("loss-charts")?.append(make("p", {className: "note"}, "No loss is a number."));
  if (known.length === 0) return;
  const cases = d3.groups(known, (curve) => curve.case);
  putCharts("loss-charts", cases.slice(0, kMostLosses).map(([index, curves]) => new Chart({
    caption: [make("strong", {}, data.cases[index].name), seriesLegend(curves.map((curve) => curve.target), data.targets)],
    label: `Loss of each step of ${data.cases[index].name} on ${curves.length} targets`,
    height: 200, draw: (width) => lossChart(curves, width)})));
}

function offer(select, values) {
  select.append(...values.map((value) => make("option", {value}, value)));
  if (values.length < 2) select.parentElement.hidden = true;
}

// Names in the table that have slots to look at lead there.
function linkCases(table, rows, choose) {
  for (const row of rows) {
    if (row.linked || !byId(`m1bench-slots-${row.case}`)) continue;
    row.linked = true;
    const heading = table.elementOf(row).cells[0];
    const button = make("button", {type: "button", className: "link", title: "Show its slots and blocks"}, ...heading.childNodes);
    button.addEventListener("click", () => choose(row.case));
    heading.append(button);
  }
}

// Fills the list of cases; what is returned shows the case of an index and leads there.
function prepareCases(data, table) {
  const select = byId("case-choice");
  const cases = data.cases.map((item, index) => ({...item, index})).filter(({index}) => byId(`m1bench-slots-${index}`));
  if (!select || cases.length === 0) return () => {};
  select.append(...cases.map(({name, index}) => make("option", {value: index}, name)));
  select.addEventListener("change", () => showCase(data, table, Number(select.value)));
  showCase(data, table, cases[0].index);
  return (index) => {
    select.value = index;
    showCase(data, table, index);
    byId("case").scrollIntoView();
    select.focus({preventScroll: true});
  };
}

function prepareFilters(data, table) {
  const form = byId("filters");
  offer(byId("filter-family"), [...new Set(data.cases.map((item) => item.family))]);
  offer(byId("filter-target"), data.targets.filter((_, target) => table.rows.some((row) => row.target === target)));
  offer(byId("filter-verdict"), kVerdictOrder.filter((name) => table.rows.some((row) => row.verdict === name)));
  const apply = () => table.filter({text: byId("filter-text").value.trim(), family: byId("filter-family").value,
                                    target: byId("filter-target").value, verdict: byId("filter-verdict").value});
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { table.sort(null); apply(); }));
  byId("more").addEventListener("click", () => table.showMore());
}

function prepareCommands() {
  if (!navigator.clipboard) return;
  for (const code of document.querySelectorAll(".command pre code")) {
    const caption = code.closest("figure").querySelector("figcaption");
    const button = make("button", {type: "button", className: "copy"}, "Copy");
    button.setAttribute("aria-label", `Copy: ${caption.textContent}`);
    const told = make("span", {className: "copied"});
    told.setAttribute("role", "status");
    let forgotten;
    button.addEventListener("click", async () => {
      const text = await navigator.clipboard.writeText(code.textContent)
        .then(() => "Copied", () => "The browser does not allow it: select the text and copy that");
      told.textContent = text;
      clearTimeout(forgotten);
      forgotten = setTimeout(() => { told.textContent = ""; }, kTold_ms);
    });
    caption.append(told, button);
  }
}

// What a row lacks where nobody knows it.
const kNothing = {ratio: null, low: null, high: null, verdict: null, time: null, base: null, share: null, baseShare: null,
                  instructions: null, energy: null, floor: null};

function prepareTable(data) {
  const rows = data.rows.map((row) => ({...kNothing, ...row, name: data.cases[row.case].name, family: data.cases[row.case].family,
                                        targetName: data.targets[row.target]}));
  let choose = () => {};
  const table = new ResultsTable(byId("table"), byId("rest"), rows, (found, shown) => {
    byId("shown").textContent = `${shown.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows shown`;
    byId("more").hidden = shown.length === found.length;
    linkCases(table, shown, (index) => choose(index));
    showRatios(data, found, table);
    showBounds(data, found);
  });
  prepareFilters(data, table);
  table.filter({});
  choose = prepareCases(data, table);
}

const data = readJson("m1bench-data");
if (byId("table")) prepareTable(data);
showLosses(data);
prepareCommands();
