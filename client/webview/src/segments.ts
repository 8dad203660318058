import type { Stretch } from "#core";
import type { PictureSlice, PoolPicture } from "./poolMessages.ts";

/** Where a part of a segment belongs: on the plate, beyond it, or where it is not known whether it is taken. */
export type Zone = "inside" | "outside" | "perhaps";

/** One or several neighbouring slices that are drawn as one. */
export interface Segment {
  readonly kind: "slice" | "group" | "rest" | "free" | "floor";
  /** Of the slice; of a group that of its first. */
  readonly key: string;
  readonly label: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** How much of what it claims is in use now, 0 to 1; absent when that is not known. */
  readonly used?: number;
  readonly parts: readonly (Stretch & { readonly zone: Zone })[];
  /** Counts the segments that are drawn in colours of their own. */
  readonly colour: number;
  readonly changed: boolean;
}

/** More slices than this are drawn as a stacked bar. */
export const mostPizzaSlices = 24;

/** How many slices take something, so that there is something to draw of them. */
export function drawnSlices({ slices }: PoolPicture): number {
  return slices.filter((slice) => widthOf(slice) > 0).length;
}

/**
 * What is drawn of a picture: each slice by itself as long as it is not too thin to see, neighbours that are together, then what is free and
 * the floor.
 * @param thinnest in executions: what is smaller is drawn together with its neighbours, unless it is chosen or was changed
 */
export function segmentsOf(picture: PoolPicture, thinnest: number, chosen?: string): readonly Segment[] {
  const segments: Segment[] = [];
  let together: PictureSlice[] = [];
  const close = () => {
    if (together.length > 0) segments.push(segmentOf(together, segments.length));
    together = [];
  };
  for (const slice of picture.slices) {
    const width = widthOf(slice);
    if (width === 0) continue;
    if (width >= thinnest || slice.key === chosen || slice.was !== undefined) {
      close();
      segments.push(segmentOf([slice], segments.length));
    } else together.push(slice);
  }
  close();
  return [...segments, ...areas(picture)];
}

function segmentOf(slices: readonly PictureSlice[], colour: number): Segment {
  const [first, ...others] = slices as readonly [PictureSlice, ...PictureSlice[]];
  const last = others.at(-1) ?? first;
  const parts = (["inside", "perhaps", "outside"] as const).flatMap((zone) => {
    const stretch = { from: first[zone].from, to: last[zone].to };
    return stretch.to > stretch.from ? [{ zone, ...stretch }] : [];
  });
  const base = { key: first.key, parts, colour, changed: slices.some(({ was }) => was !== undefined) };
  if (others.length === 0) {
    return {
      ...base,
      kind: first.rest ? "rest" : "slice",
      label: first.size === undefined ? `${first.name} ?` : first.name,
      spoken: spokenOf(first),
      ...(first.use !== undefined && first.size !== undefined && { used: Math.min(1, first.use / first.size) }),
    };
  }
  const label = `${slices.length} smaller`;
  const sum = slices.reduce((total, { size }) => total + (size ?? 0), 0);
  const use = slices.every((slice) => slice.use !== undefined)
    ? slices.reduce((total, slice) => total + (slice.use ?? 0), 0)
    : undefined;
  const spoken = `${label} functions, ${sum} together${use === undefined ? "" : `, ${use} in use now`}. They are in the table.`;
  return { ...base, kind: "group", label, spoken, ...(use !== undefined && { used: Math.min(1, use / sum) }) };
}

/** Name, claim, use and what does not fit, as a sentence. */
export function spokenOf({ name, claimed, use, most, outside, rest, was }: PictureSlice): string {
  const over = outside.to - outside.from;
  return [
    `${name}: ${claimed} claimed`,
    ...(was === undefined ? [] : [`was ${was}`]),
    ...(use === undefined ? [] : [`${use} in use now`]),
    ...(over > 0 ? [`${over} too many`] : []),
    ...(rest ? [] : [`max ${most}`]),
  ].join(", ");
}

function* areas({ free, floor }: PoolPicture): Generator<Segment> {
  const area = { colour: 0, changed: false };
  const count = ({ from, to }: Stretch) => (to - from).toLocaleString("en-US");
  if (free.to > free.from) {
    const spoken = `Free: ${count(free)} can still be reserved`;
    const parts = [{ zone: "inside" as const, ...free }];
    yield { ...area, kind: "free", key: "free", label: `${count(free)} free`, spoken, parts };
  }
  if (floor.to > floor.from) {
    const spoken = `Floor: ${count(floor)} that Lambda keeps unreserved`;
    const parts = [{ zone: "inside" as const, ...floor }];
    yield { ...area, kind: "floor", key: "floor", label: `floor ${count(floor)}`, spoken, parts };
  }
}

function widthOf({ inside, outside, perhaps }: PictureSlice): number {
  return [inside, outside, perhaps].reduce((sum, { from, to }) => sum + (to - from), 0);
}
