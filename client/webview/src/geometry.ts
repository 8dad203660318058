import { scaleLinear } from "d3-scale";
import { arc } from "d3-shape";
import type { Segment, Zone } from "./segments.ts";

/** A drawn part of a segment. */
export interface Shape {
  readonly zone: Zone;
  /** `d` of an SVG path. */
  readonly path: string;
  /** The same for what is in use now. */
  readonly usedPath?: string;
  /** Where a label stands. */
  readonly at: readonly [x: number, y: number];
  /** Room for a label, in pixels. */
  readonly room: number;
}

/** The plate: a circle for the limit, and a ring outside it for what does not fit. */
export interface PizzaSize {
  readonly limit: number;
  /** Of the plate, in pixels. */
  readonly radius: number;
}

/** How far outside the plate the ring lies, as a share of the radius. */
const ring = { from: 1.06, to: 1.28 };

/** The angle of so many executions, clockwise from the top, in radians; the whole plate is the limit. */
export function angleOf(executions: number, limit: number): number {
  return limit <= 0 ? 0 : (2 * Math.PI * executions) / limit;
}

/** The shapes of a segment on and outside the plate. What does not fit goes round at most once. */
export function pizzaShapes({ parts, used }: Segment, { limit, radius }: PizzaSize, start: number): readonly Shape[] {
  const most = 2 * Math.PI + angleOf(start, limit);
  return parts.flatMap(({ zone, from, to }): Shape[] => {
    const outside = zone === "outside";
    const startAngle = Math.min(most, angleOf(from, limit));
    const endAngle = Math.min(most, angleOf(to, limit));
    if (endAngle <= startAngle) return [];
    const inner = outside ? ring.from * radius : 0;
    const outer = outside ? ring.to * radius : radius;
    const draw = arc();
    const shape = { startAngle, endAngle, innerRadius: inner, outerRadius: outer };
    const path = draw(shape) ?? "";
    // The area that is coloured says how much is in use, so the radius is its root.
    const reach = Math.sqrt(used ?? 0) * radius;
    const inUse = used !== undefined && used > 0 && zone === "inside";
    const middle = (startAngle + endAngle) / 2;
    const distance = outside ? (inner + outer) / 2 : radius * 0.66;
    return [
      {
        zone,
        path,
        ...(inUse && { usedPath: draw({ ...shape, outerRadius: reach }) ?? "" }),
        at: [distance * Math.sin(middle), -distance * Math.cos(middle)],
        room: Math.min(2 * distance * Math.sin(Math.min(Math.PI, endAngle - startAngle) / 2), radius * 0.66),
      },
    ];
  });
}

/** A bar as wide as the limit, and above it what does not fit. */
export interface BarSize {
  readonly limit: number;
  readonly width: number;
  readonly height: number;
  /** The largest end of a stretch: the bar is drawn so that it is still seen. */
  readonly end: number;
  /** There is something that does not fit: it needs a row of its own. */
  readonly over: boolean;
}

/** Beyond this many times the limit a bar ends. */
const farthest = 2;

/** Maps executions to pixels. */
export function barScale({ limit, width, end }: Pick<BarSize, "limit" | "width" | "end">) {
  const most = Math.max(1, limit, Math.min(end, farthest * limit));
  return scaleLinear([0, most], [0, width]).clamp(true);
}

/** The shapes of a segment of a bar; what does not fit lies in a row of its own above, from where the limit has no more room. */
export function barShapes({ parts, used }: Segment, size: BarSize): readonly Shape[] {
  const x = barScale(size);
  const { height, over } = size;
  return parts.flatMap(({ zone, from, to }): Shape[] => {
    const [left, right] = [x(from), x(to)];
    if (right <= left) return [];
    const top = zone === "outside" || !over ? 0 : height * 0.45;
    const bottom = zone === "outside" ? height * 0.38 : height;
    const rect = (y: number) => `M${left},${y}H${right}V${bottom}H${left}Z`;
    const inUse = used !== undefined && used > 0 && zone === "inside";
    return [
      {
        zone,
        path: rect(top),
        ...(inUse && { usedPath: rect(bottom - (bottom - top) * used) }),
        at: [(left + right) / 2, (top + bottom) / 2],
        room: right - left,
      },
    ];
  });
}
