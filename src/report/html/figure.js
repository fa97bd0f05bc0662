// SPDX-License-Identifier: Apache-2.0
// What every page does with its charts: a figure with a caption, drawn when it comes near the screen, is to be printed or nothing
// else is to be done, and anew when its width changes.
"use strict";

const byId = (id) => document.getElementById(id);
const readJson = (id) => JSON.parse(byId(id).textContent);

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const kMostAhead = 100;  // charts that are drawn before anybody comes near: a page of trends may have thousands

// A figure whose chart draw(width) makes, with a caption, and a label for those who do not see it.
class Chart {
  static near = new IntersectionObserver((entries) => {
    for (const {isIntersecting, target} of entries) if (isIntersecting) target.chart.show();
  }, {rootMargin: "400px"});
  static sized = new ResizeObserver((entries) => {
    for (const {target} of entries) target.chart.refit();
  });

  static waiting = [];
  static isWaiting = false;

  // Once the page is painted and idle, one of those that wait and then the next, so that fast scrolling finds them drawn. Those
  // drawn meanwhile, replaced or hidden are passed over. Not every browser tells when it is idle.
  static drawAhead() {
    if (Chart.isWaiting || !window.requestIdleCallback) return;
    Chart.isWaiting = true;
    requestAnimationFrame(() => requestIdleCallback(() => {
      Chart.isWaiting = false;
      if (document.querySelectorAll(".plot > svg").length >= kMostAhead) return;
      let next = Chart.waiting.shift();
      while (next && (next.width || !next.place.clientWidth)) next = Chart.waiting.shift();
      if (!next) return;
      next.show();
      Chart.drawAhead();
    }));
  }

  constructor({caption, label, height, draw}) {
    this.draw = draw;
    this.label = label;
    this.place = make("div", {className: "plot"});
    this.place.chart = this;
    this.place.style.minHeight = `${height}px`;
    this.element = make("figure", {className: "chart"}, make("figcaption", {}, ...[caption].flat()), this.place);
    Chart.near.observe(this.place);
    Chart.waiting.push(this);
    Chart.drawAhead();
  }

  show() {
    if (this.width) return;
    Chart.near.unobserve(this.place);
    this.render();
    Chart.sized.observe(this.place);
  }

  refit() {
    if (this.width !== this.place.clientWidth && this.place.clientWidth > 0) this.render();
  }

  render() {
    this.width = this.place.clientWidth;
    try {
      this.place.replaceChildren(this.drawing());
      this.place.style.minHeight = "";
    } catch (error) {  // of this chart; the others are drawn nevertheless
      console.error(error);
      this.place.replaceChildren(make("p", {className: "note"}, `This chart could not be drawn: ${error.message}`));
    }
  }

  drawing() {
    const drawing = this.draw(this.width);
    // Plot labels its groups, which within an image only confuses who hears it; as classes they serve the style sheet. What Plot
    // makes later, under the pointer, keeps its label and has the class from charts.js.
    for (const part of drawing.querySelectorAll("[aria-label]")) {
      part.classList.add(part.getAttribute("aria-label").replaceAll(" ", "-"));
      part.removeAttribute("aria-label");
    }
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", this.label);
    return drawing;
  }
}

window.addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll(".plot")) place.chart.show();
});

function putCharts(id, charts) {
  byId(id)?.replaceChildren(...charts.map((chart) => chart.element));
}

function legend(items) {
  return make("span", {className: "legend"}, ...items.map(({className, text}) => make("span", {className}, text)));
}
