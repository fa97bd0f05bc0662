// SPDX-License-Identifier: Apache-2.0
// The table of results: sorted, filtered, and never longer in the document than a reader has asked for. All rows are in the
// file; those after the first two hundred are text in <noscript>, and become elements when they are first shown.
"use strict";

const kRowsShown = 200;
const kVerdictOrder = ["slower", "unsure", "same", "faster"];

// The HTML of one row, which the program wrote and escaped like all the others, as an element.
function elementOf(line) {
  const template = document.createElement("template");
  template.innerHTML = line;
  return template.content.firstElementChild;
}

class ResultsTable {
  // rest: the <noscript> with further rows, or null. rows: one object for each row, in the file's order, with `name`,
  // `targetName`, `family` and what the headings' data-key name; null is no value. onChange(found, shown) is told what passes
  // the filter, in its order, and the part of it that is in the document.
  constructor(table, rest, rows, onChange) {
    this.table = table;
    this.onChange = onChange;
    this.body = table.tBodies[0];
    this.elements = [...this.body.rows];
    this.lines = Array(this.elements.length).concat(
      (rest?.textContent ?? "").split("\n").filter((line) => line.startsWith("<tr><th scope=\"row\"")));
    this.rows = rows.map((row, index) => ({...row, index, searched: `${row.name}\n${row.targetName}`.toLowerCase()}));
    this.most = kRowsShown;
    this.sorted = null;
    for (const heading of table.tHead.rows[0].cells) this.makeSortable(heading);
  }

  elementOf(row) { return this.elements[row.index] ??= elementOf(this.lines[row.index]); }

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
      if (order && heading.dataset.key === order.key) {
        heading.setAttribute("aria-sort", order.descending ? "descending" : "ascending");
      }
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
    const shown = found.slice(0, this.most);
    this.body.replaceChildren(...shown.map((row) => this.elementOf(row)));
    this.onChange(found, shown);
  }
}
