const cells = 6;

/**
 * How much of a total is taken, drawn with six squares. Something is never drawn as nothing, and not quite all never as all. Empty for a
 * total of 0.
 */
export function bar(part: number, total: number): string {
  if (total <= 0) return "";
  const exact = (Math.max(0, part) / total) * cells;
  const filled = part >= total ? cells : Math.min(cells - 1, Math.max(part > 0 ? 1 : 0, Math.round(exact)));
  return "■".repeat(filled) + "□".repeat(cells - filled);
}
