import { html, svg } from "./dom.ts";
import { barScale, barShapes, pizzaShapes, type Shape } from "./geometry.ts";
import type { PoolPicture } from "./poolMessages.ts";
import { mostPizzaSlices, type Segment, segmentsOf } from "./segments.ts";

/** How a picture is drawn. */
export interface DrawOptions {
  readonly picture: PoolPicture;
  readonly form: "pizza" | "bar";
  /** Pixels that are there. */
  readonly width: number;
  /** The key of the slice that is chosen. */
  readonly chosen: string | undefined;
  readonly choose: (key: string) => void;
}

/** Colours of slices: they begin again behind the last. */
const colours = 5;

/** Pixels of an average letter of a label. */
const letter = 6.5;

/** Draws the pool; each segment can be focused and pressed, with arrow keys from one to the next. */
export function drawPicture(options: DrawOptions): SVGSVGElement {
  const { picture, form, width } = options;
  const isPizza = form === "pizza";
  const end = Math.max(picture.limit, ...picture.slices.map(({ outside }) => outside.to));
  const over = picture.slices.some(({ outside }) => outside.to > outside.from);
  const barHeight = over ? 104 : 60;
  const size = isPizza ? pizzaSize(width, over) : { width, height: barHeight + 28, radius: 0 };
  const pixels = isPizza ? 2 * Math.PI * size.radius : width;
  const count = picture.slices.length;
  const thinnest = count <= mostPizzaSlices ? 0 : (Math.max(1, picture.limit) * (isPizza ? 10 : 4)) / pixels;
  const segments = segmentsOf(picture, thinnest, options.chosen);
  const drawing = svg("svg", {
    class: `picture ${form}`,
    width: size.width,
    height: size.height,
    viewBox: isPizza
      ? `${-size.width / 2} ${-size.height / 2} ${size.width} ${size.height}`
      : `0 0 ${size.width} ${size.height}`,
    role: "group",
    "aria-label": `${picture.title}: ${picture.summary}`,
  });
  drawing.append(patterns(), ...(isPizza ? [plate(size.radius)] : []));
  const barSize = { limit: picture.limit, width, height: barHeight, end, over };
  const shapesOf = (segment: Segment) =>
    isPizza
      ? pizzaShapes(segment, { limit: picture.limit, radius: size.radius }, picture.floor.from)
      : barShapes(segment, barSize);
  const drawn = segments.map((segment) => ({ segment, shapes: shapesOf(segment) }));
  const groups = drawn.map(({ segment, shapes }) => group(segment, shapes, options));
  // Above all slices: a name may reach into the next one.
  const labels = drawn.flatMap(({ segment, shapes }) => labelOf(segment, shapes));
  const ring = svg("path", { class: "ring", "aria-hidden": "true" });
  drawing.append(...groups, ring, svg("g", { "aria-hidden": "true" }, ...labels));
  if (!isPizza) drawing.append(axis(barSize));
  const first = groups.find((each) => each.getAttribute("data-key") === options.chosen) ?? groups[0];
  first?.setAttribute("tabindex", "0");
  moveWithArrows(drawing, groups);
  ringAround(drawing, ring);
  return drawing;
}

/** What lies outside the plate needs room around it. */
function pizzaSize(width: number, over: boolean): { width: number; height: number; radius: number } {
  const side = Math.max(220, Math.min(width, 420));
  return { width: side, height: side, radius: side / 2 / (over ? 1.3 : 1.03) };
}

function group(segment: Segment, shapes: readonly Shape[], { chosen, choose }: DrawOptions): SVGGElement {
  const { kind, key, spoken, colour, changed } = segment;
  const pressable = kind === "slice" || kind === "rest";
  const isChosen = key === chosen && kind !== "group";
  const element = svg("g", {
    class: `segment ${kind} colour${colour % colours}${changed ? " changed" : ""}${isChosen ? " chosen" : ""}`,
    "data-key": key,
    "data-kind": kind,
    tabindex: -1,
    role: pressable ? "button" : "img",
    "aria-pressed": pressable ? String(isChosen) : undefined,
  });
  element.append(svg("title", {}, spoken));
  for (const { zone, path, usedPath } of shapes) {
    element.append(svg("path", { class: `base ${zone}`, d: path }));
    if (usedPath !== undefined) element.append(svg("path", { class: "used", d: usedPath }));
  }
  if (pressable) {
    element.addEventListener("click", () => choose(key));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(key);
    });
  }
  return element;
}

/** The name of a segment where there is room for it, cut where there is room for most of it. */
function labelOf({ label }: Segment, shapes: readonly Shape[]): readonly SVGTextElement[] {
  const lettersIn = ({ room }: Shape) => Math.floor(room / letter);
  const fits = shapes.filter((shape) => lettersIn(shape) >= Math.min(label.length, 8));
  const place = fits.find(({ zone }) => zone === "inside") ?? fits[0];
  if (place === undefined) return [];
  const letters = lettersIn(place);
  const [x, y] = place.at;
  return [svg("text", { x, y, class: "label" }, letters >= label.length ? label : `${label.slice(0, letters - 1)}…`)];
}

/** The focused segment, else the chosen one, has a line around it that no neighbour covers. */
function ringAround(drawing: SVGSVGElement, ring: SVGPathElement): void {
  const show = (segment: Element | null) => {
    const paths = [...(segment?.querySelectorAll(".base") ?? [])].map((path) => path.getAttribute("d") ?? "");
    ring.setAttribute("d", paths.join(""));
  };
  const chosen = drawing.querySelector(".chosen");
  show(chosen);
  drawing.addEventListener("focusin", ({ target }) => show(target as Element));
  drawing.addEventListener("focusout", () => show(chosen));
}

/** One stop of the tab key; arrows, Home and End go from segment to segment. */
function moveWithArrows(drawing: SVGSVGElement, groups: readonly SVGGElement[]): void {
  drawing.addEventListener("keydown", ({ key, target }) => {
    const at = groups.findIndex((each) => each === target);
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: groups.length - 1,
    };
    const next = steps[key];
    if (at < 0 || next === undefined) return;
    const to = groups[(next + groups.length) % groups.length];
    for (const each of groups) each.setAttribute("tabindex", each === to ? "0" : "-1");
    to?.focus();
  });
}

function plate(radius: number): SVGCircleElement {
  return svg("circle", { class: "plate", r: radius });
}

function patterns(): SVGDefsElement {
  const hatch = (id: string, width: number, turn = 45) =>
    svg(
      "pattern",
      { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` },
      svg("rect", { class: `hatch ${id}`, width, height: 7 }),
    );
  return svg("defs", {}, hatch("floorHatch", 1.5), hatch("overHatch", 3.5), hatch("unknownHatch", 1.5, -45));
}

function axis(size: Parameters<typeof barScale>[0] & { readonly height: number }): SVGGElement {
  const x = barScale(size);
  const y = size.height;
  const ticks = x.ticks(Math.max(2, Math.floor(size.width / 90)));
  const marks = ticks.map((tick) => {
    const at = x(tick);
    const anchor = at < 12 ? "start" : at > size.width - 20 ? "end" : "middle";
    return svg(
      "g",
      {},
      svg("line", { x1: at, x2: at, y1: y, y2: y + 5 }),
      svg("text", { x: at, y: y + 18, "text-anchor": anchor }, tick.toLocaleString("en-US")),
    );
  });
  const limit = x(size.limit);
  return svg(
    "g",
    { class: "axis", "aria-hidden": "true" },
    ...marks,
    svg("line", { class: "limit", x1: limit, x2: limit, y1: y - 62, y2: y + 5 }),
  );
}

/** What colours and patterns mean. */
export function legend(picture: PoolPicture): HTMLUListElement {
  const has = (zone: "outside" | "perhaps") => picture.slices.some((slice) => slice[zone].to > slice[zone].from);
  const entries: readonly (readonly [string, string])[] = [
    ["claimed", "claimed"],
    ...(picture.slices.some(({ use }) => use !== undefined) ? [["inUse", "in use now"] as const] : []),
    ["freeKey", "free"],
    ["floorKey", "floor"],
    ...(has("perhaps") ? [["unknownKey", "unknown"] as const] : []),
    ...(has("outside") ? [["overKey", "too many"] as const] : []),
  ];
  return html(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    ...entries.map(([name, text]) =>
      html("li", {}, html("span", { class: `key ${name}`, "aria-hidden": "true" }), text),
    ),
  );
}
