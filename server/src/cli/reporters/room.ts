import { many, num, type Room } from "#core";
import { alignColumns, printable } from "./terminal.ts";

/** Holders that are named. */
const MOST_HOLDERS = 10;
/** Lowerings that are offered. */
const MOST_OFFERS = 3;

/** Who holds what of a pool that is short, and commands that would make room; `options`: what of the command line belongs to them. */
export function roomLines({ holders, enough }: Room, options: string): string {
  const shown = holders.slice(0, MOST_HOLDERS);
  const others = holders.slice(MOST_HOLDERS);
  const rows = shown.map(({ name, reserved, stack }) => [
    `  ${name}`,
    num(reserved),
    stack === undefined ? "" : `stack ${stack}`,
  ]);
  const sum = others.reduce((total, { reserved }) => total + reserved, 0);
  const offers = enough.slice(0, MOST_OFFERS).map(({ name, to }) => `  lambda-concurrency set ${name} ${to}${options}`);
  const advice =
    holders.length === 0
      ? ["No other function has a reservation: ask for a higher limit (Service Quotas, L-B99A9384)."]
      : offers.length === 0
        ? ["None of them holds enough alone: lower several, then restore again."]
        : [offers.length === 1 ? "This makes enough room:" : "Each of these alone makes enough room:", ...offers];
  const lines = [
    ...(holders.length === 0 ? [] : ["Others hold:", ...alignColumns(rows, new Set([1]))]),
    ...(others.length === 0 ? [] : [`  ${many(others.length, "function")} more hold ${num(sum)} together`]),
    ...advice,
  ];
  return `${lines.map(printable).join("\n")}\n`;
}
