// SPDX-License-Identifier: Apache-2.0
// The table of results: sorted, filtered, and never longer in the document than a reader has asked for. All rows are in the
// file; those that are not shown are kept here, out of the document, so that ten thousand cost no more than two hundred.
"use strict";

const kRowsShown = 200;
const kVerdictOrder = ["slower", "unsure", "same", "faster"];

class ResultsTable {
  // rows: one object for each row of the table, in its order, with `name`, `targetName`, `family` and what the headings' data-key
  // name. onChange(rows) is told what passes the filter, in the order shown.
  constructor(table, rows, onChange) {
    this.table = table;
    this.onChange = onChange;
    const elements = [...table.tBodies].flatMap((body) => [...body.rows]);
    this.rows = rows.map((row, index) => ({...row, element: elements[index], searched: `${row.name}\n${row.targetName}`.toLowerCase()}));
    this.body = table.tBodies[0];
    for (const rest of [...table.tBodies].slice(1)) rest.remove();
    this.most = kRowsShown;
    this.sorted = null;
    for (const heading of table.tHead.rows[0].cells) this.makeSortable(heading);
  }

  makeSortable(heading) {
    if (!heading.dataset.key) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const descending = heading.getAttribute("aria-sort") === "ascending";
      this.sort({key: heading.dataset.key, descending});
    });
  }

  // wanted: {text, family, target, verdict}, each "" for all
  filter(wanted) {
    this.wanted = wanted;
    this.most = kRowsShown;
    this.update();
  }

  // order: {key, descending}, or null for that of the run
  sort(order) {
    this.sorted = order;
    for (const heading of this.table.tHead.rows[0].cells) {
      if (order && heading.dataset.key === order.key) heading.setAttribute("aria-sort", order.descending ? "descending" : "ascending");
      else heading.removeAttribute("aria-sort");
    }
    this.update();
  }

  showMore() {
    this.most += 5 * kRowsShown;
    this.update();
  }

  passes(row) {
    const {text = "", family = "", target = "", verdict = ""} = this.wanted ?? {};
    return (family === "" || row.family === family) && (target === "" || row.targetName === target) &&
      (verdict === "" || row.verdict === verdict) && text.toLowerCase().split(/\s+/).every((word) => row.searched.includes(word));
  }

  // What has no value stays last, whichever way the rest is sorted.
  inOrder(rows) {
    if (!this.sorted) return rows;
    const {key, descending} = this.sorted;
    const value = (row) => key === "name" ? row.name : key === "target" ? row.targetName : key === "verdict" && row.verdict
      ? kVerdictOrder.indexOf(row.verdict) : row[key];
    const known = rows.filter((row) => value(row) !== null);
    known.sort((one, other) => (value(one) < value(other) ? -1 : value(one) > value(other) ? 1 : 0) * (descending ? -1 : 1));
    return known.concat(rows.filter((row) => value(row) === null));
  }

  update() {
    const found = this.inOrder(this.rows.filter((row) => this.passes(row)));
    this.body.replaceChildren(...found.slice(0, this.most).map((row) => row.element));
    this.found = found.length;
    this.onChange(found);
  }

  get shown() { return Math.min(this.found, this.most); }
}
