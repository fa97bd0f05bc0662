# SPDX-License-Identifier: Apache-2.0
"""Tables of text, for a terminal or for a document, and the phrases in them."""
import dataclasses

from study.estimates import clopper_pearson


@dataclasses.dataclass
class Table:
    title: str
    headings: list
    rows: list
    note: str = ""


def percent(share, digits=1):
    return f"{100 * share:.{digits}f} %"


def share_text(hits, trials):
    """"3 of 250: 1.2 % [0.2, 3.5]", with the Clopper-Pearson 95 % interval."""
    if trials == 0:
        return "-"
    low, high = clopper_pearson(hits, trials)
    return f"{hits} of {trials}: {percent(hits / trials)} [{100 * low:.1f}, {100 * high:.1f}]"


def terminal(table):
    cells = [table.headings, *table.rows] if any(table.headings) else table.rows
    widths = [max(len(str(row[i])) for row in cells) for i in range(len(table.headings))]
    lines = ["  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip() for row in cells]
    if any(table.headings):
        lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([table.title, *lines, *([table.note] if table.note else [])]) + "\n"


def markdown(table):
    def line(cells):
        return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"

    lines = [line(table.headings), line(["---"] * len(table.headings)), *map(line, table.rows)]
    return "\n".join([f"### {table.title}", "", *lines, *(["", table.note] if table.note else [])]) + "\n"
