import type { PoolView } from "#protocol";

/** The Regions to choose from: those of pools with their names first, then the others; the present one is marked. */
export function regionItems({
  pools,
  regions,
  now,
}: {
  readonly pools: readonly Pick<PoolView, "name" | "region" | "budget">[];
  readonly regions: readonly string[];
  readonly now?: string;
}): readonly { readonly label: string; readonly description: string }[] {
  const names = new Map<string, string[]>();
  for (const { name, region, budget } of pools) {
    if (region === null || budget === undefined) continue;
    names.set(region, [...(names.get(region) ?? []), name]);
  }
  const rest = regions.filter((region) => !names.has(region));
  return [...names.keys(), ...rest].map((region) => {
    const marks = [...(region === now ? ["now"] : []), ...(names.get(region) ?? [])];
    return { label: region, description: marks.join(" · ") };
  });
}
