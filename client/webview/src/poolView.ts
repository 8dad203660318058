/** The pool view: shows what the extension says, and says what the user does. It holds nothing but what is chosen. */
import { button, html } from "./dom.ts";
import { drawPicture, legend } from "./drawPicture.ts";
import { pngData, svgText } from "./exportPicture.ts";
import type { Action, FromView, PoolPicture, ToView } from "./poolMessages.ts";
import { PoolTable } from "./poolTable.ts";
import { drawnSlices, mostPizzaSlices } from "./segments.ts";
import { SliceDetails } from "./sliceDetails.ts";

declare function acquireVsCodeApi(): { postMessage(message: FromView): void };

const { postMessage } = acquireVsCodeApi();
let shown: ToView["shown"] | undefined;
let chosen: string | undefined;
let form: "pizza" | "bar" | undefined;
let drawing: SVGSVGElement | undefined;

const sources = html("select", { id: "source" });
const forms = html("button", { type: "button", class: "secondary" });
const summary = html("p", { class: "summary", role: "status" });
const place = html("p", { class: "place" });
const facts = html("dl", { class: "facts" });
const canvas = html("div", { class: "canvas" });
const findings = html("ul", { class: "findings", "aria-label": "Findings", "aria-live": "polite" });
const actions = html("div", { class: "row actions" });
const message = html("main", { class: "message" });
const table = new PoolTable(choose);
const details = new SliceDetails({
  whatIf: (key, value) => postMessage({ type: "whatIf", key, value }),
  open: (key, to) => postMessage({ type: "open", key, place: to }),
});
const exports = html(
  "div",
  { class: "row exports", role: "group", "aria-label": "Export" },
  button("PNG", () => void exportPng(), { class: "secondary", "aria-label": "Export as PNG" }),
  button("SVG", exportSvg, { class: "secondary", "aria-label": "Export as SVG" }),
  button("CSV", () => postMessage({ type: "export", format: "csv" }), {
    class: "secondary",
    "aria-label": "Export the table as CSV",
  }),
);
const header = html(
  "header",
  { class: "row" },
  html("h1", {}, html("label", { for: "source" }, "Pool")),
  sources,
  forms,
  exports,
);
const body = html(
  "main",
  {},
  place,
  summary,
  html("div", { class: "columns" }, canvas, html("div", { class: "side" }, details.element, actions, findings, facts)),
  table.element,
);

document.body.append(header, body, message);
sources.addEventListener("change", () => {
  chosen = undefined;
  form = undefined;
  postMessage({ type: "choose", source: sources.value });
});
forms.addEventListener("click", () => {
  form = formNow() === "pizza" ? "bar" : "pizza";
  draw();
});
window.addEventListener("message", ({ data }: MessageEvent<ToView>) => show(data));
new ResizeObserver(
  () => drawing !== undefined && Number(canvas.dataset.width) !== canvas.clientWidth && draw(),
).observe(canvas);
postMessage({ type: "ready" });

function show(told: ToView): void {
  ({ shown } = told);
  const options = told.sources.map(({ id, label }) => html("option", { value: id }, label));
  sources.replaceChildren(...options);
  if (told.chosen !== undefined) sources.value = told.chosen;
  const isPicture = shown.kind === "picture";
  body.hidden = !isPicture;
  message.hidden = isPicture;
  forms.hidden = !isPicture;
  exports.hidden = !isPicture;
  sources.hidden = told.sources.length === 0;
  if (shown.kind === "picture") showPicture(shown.picture);
  else {
    const text = html(
      "p",
      { role: shown.error ? "alert" : "status", class: shown.error ? "error" : undefined },
      shown.text,
    );
    message.replaceChildren(text, html("div", { class: "row" }, ...buttonsOf(shown.actions)));
  }
}

function showPicture(picture: PoolPicture): void {
  place.textContent = picture.place;
  place.hidden = picture.place === "";
  summary.textContent = picture.summary;
  summary.className = `summary ${picture.verdict}`;
  facts.replaceChildren(...picture.facts.flatMap(([name, value]) => [html("dt", {}, name), html("dd", {}, value)]));
  findings.replaceChildren(
    ...picture.findings.map(({ severity, text }) =>
      html("li", { class: severity }, html("span", { class: "severity" }, `${severity}: `), text),
    ),
  );
  findings.hidden = picture.findings.length === 0;
  actions.replaceChildren(...buttonsOf(picture.actions));
  draw();
}

function draw(): void {
  if (shown?.kind !== "picture") return;
  const { picture } = shown;
  const focused = drawing?.contains(document.activeElement)
    ? document.activeElement?.getAttribute("data-key")
    : undefined;
  const now = formNow();
  forms.textContent = now === "pizza" ? "Show as Bar" : "Show as Pizza";
  const width = Math.max(220, canvas.clientWidth);
  canvas.dataset.width = String(canvas.clientWidth);
  drawing = drawPicture({ picture, form: now, width, chosen, choose });
  canvas.parentElement?.classList.toggle("wide", now === "bar");
  canvas.replaceChildren(drawing, legend(picture));
  if (focused != null) {
    const again = [...drawing.querySelectorAll<SVGGElement>(".segment")].find(
      (each) => each.getAttribute("data-key") === focused,
    );
    again?.focus();
  }
  details.show(picture.slices.find(({ key }) => key === chosen));
  table.show(picture, chosen);
}

function formNow(): "pizza" | "bar" {
  if (form !== undefined) return form;
  return shown?.kind === "picture" && drawnSlices(shown.picture) > mostPizzaSlices ? "bar" : "pizza";
}

function choose(key: string): void {
  chosen = key;
  draw();
}

function buttonsOf(list: readonly Action[]): readonly HTMLButtonElement[] {
  return list.map(({ id, label }, i) =>
    button(label, () => postMessage({ type: "act", action: id }), { class: i === 0 ? undefined : "secondary" }),
  );
}

function exportSvg(): void {
  if (drawing !== undefined) postMessage({ type: "export", format: "svg", data: svgText(drawing) });
}

async function exportPng(): Promise<void> {
  if (drawing !== undefined) postMessage({ type: "export", format: "png", data: await pngData(drawing) });
}
