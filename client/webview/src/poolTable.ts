import { html } from "./dom.ts";
import type { PictureSlice, PoolPicture } from "./poolMessages.ts";

const columns = [
  ["Function", ({ name }: PictureSlice) => name],
  ["Claimed", ({ claimed }: PictureSlice) => claimed],
  ["In use now", ({ use }: PictureSlice) => (use === undefined ? "" : use.toLocaleString("en-US"))],
  ["Max", ({ most, rest }: PictureSlice) => (rest ? "" : most)],
  ["Granted", ({ granted }: PictureSlice) => granted ?? ""],
  ["Declared", ({ declared }: PictureSlice) => declared ?? ""],
  ["In AWS", ({ inAws }: PictureSlice) => inAws ?? ""],
] as const;

interface Row {
  readonly element: HTMLTableRowElement;
  readonly cells: readonly Text[];
}

/** The numbers behind the picture as a table: all functions, also those that are drawn together. Rows that did not change stay. */
export class PoolTable {
  readonly element: HTMLElement;
  readonly #head = html("tr");
  readonly #body = html("tbody");
  readonly #caption = html("caption");
  readonly #filter = html("input", { type: "search", id: "filter", placeholder: "Filter by name" });
  readonly #choose: (key: string) => void;
  #rows = new Map<string, Row>();
  #slices: readonly PictureSlice[] = [];
  #chosen: string | undefined;

  constructor(choose: (key: string) => void) {
    this.#choose = choose;
    this.#filter.addEventListener("input", () => this.#showMatching());
    const table = html("table", {}, this.#caption, html("thead", {}, this.#head), this.#body);
    this.element = html(
      "section",
      { class: "numbers", "aria-label": "Functions" },
      html("div", { class: "row" }, html("label", { for: "filter" }, "Functions"), this.#filter),
      html("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": "Table of functions" }, table),
    );
  }

  show({ title, slices }: PoolPicture, chosen: string | undefined): void {
    const shown = columns.filter(([, text]) => slices.some((slice) => text(slice) !== ""));
    const head = shown.map(([name]) => name).join("|");
    if (this.#head.dataset.columns !== head) {
      this.#head.dataset.columns = head;
      this.#head.replaceChildren(...shown.map(([name]) => html("th", { scope: "col" }, name)));
      this.#rows = new Map();
    }
    const rows = new Map<string, Row>();
    for (const slice of slices) {
      const texts = shown.map(([, text], i) =>
        i === 1 && slice.was !== undefined ? `${slice.was} → ${text(slice)}` : text(slice),
      );
      const row = this.#rows.get(slice.key) ?? this.#row(slice.key, texts);
      fill(row, texts);
      rows.set(slice.key, row);
    }
    mark(this.#rows.get(this.#chosen ?? ""), false);
    mark(rows.get(chosen ?? ""), true);
    this.#rows = rows;
    this.#slices = slices;
    this.#chosen = chosen;
    this.#caption.textContent = `${title}: what each function takes, in concurrent executions`;
    this.#place([...rows.values()].map(({ element }) => element));
    if (this.#filter.value !== "") this.#showMatching();
  }

  /** Puts rows in order; those that already stand there are not touched. */
  #place(elements: readonly HTMLTableRowElement[]): void {
    let at = this.#body.firstElementChild;
    for (const element of elements) {
      if (element === at) at = at.nextElementSibling;
      else this.#body.insertBefore(element, at);
    }
    while (at !== null) {
      const next: Element | null = at.nextElementSibling;
      at.remove();
      at = next;
    }
  }

  #row(key: string, texts: readonly string[]): Row {
    const cells = texts.map(() => document.createTextNode(""));
    const [name = "", ...others] = cells;
    const choose = html("button", { type: "button", class: "link" }, name);
    choose.addEventListener("click", () => this.#choose(key));
    const element = html("tr", {}, html("th", { scope: "row" }, choose), ...others.map((cell) => html("td", {}, cell)));
    return { element, cells };
  }

  #showMatching(): void {
    const words = this.#filter.value.toLowerCase().split(/\s+/);
    for (const { key, name } of this.#slices) {
      const row = this.#rows.get(key)?.element;
      const lower = name.toLowerCase();
      if (row !== undefined) row.hidden = key !== this.#chosen && !words.every((word) => lower.includes(word));
    }
  }
}

/** Only what is another text is touched: the editor lays out what changed. */
function fill({ cells }: Row, texts: readonly string[]): void {
  for (const [i, cell] of cells.entries()) {
    const text = texts[i] ?? "";
    if (cell.data !== text) cell.data = text;
  }
}

function mark(row: Row | undefined, chosen: boolean): void {
  row?.element.classList.toggle("chosen", chosen);
  if (chosen) row?.element.setAttribute("aria-current", "true");
  else row?.element.removeAttribute("aria-current");
}
