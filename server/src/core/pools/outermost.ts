import type { ResolvedTemplate, Uri } from "../model.ts";

/**
 * Leaves out templates that another one of the list nests: they are deployed with it. Of templates that only nest each other in
 * a circle the first stays, so that nothing is lost.
 */
export function outermost<T extends { readonly template: ResolvedTemplate }>(all: readonly T[]): readonly T[] {
  const inside = new Map(all.map((one) => [one, nestedIn(one.template)]));
  const nested = new Set([...inside.values()].flatMap((uris) => [...uris]));
  const stays = new Set(all.filter(({ template }) => !nested.has(template.uri)));
  const reached = new Set([...stays].flatMap((one) => [...(inside.get(one) ?? [])]));
  for (const one of all) {
    if (stays.has(one) || reached.has(one.template.uri)) continue;
    stays.add(one);
    for (const uri of inside.get(one) ?? []) reached.add(uri);
  }
  return all.filter((one) => stays.has(one));
}

/** Files of all stacks nested in a template, however deep; not the template itself. */
export function nestedIn(template: ResolvedTemplate): ReadonlySet<Uri> {
  const found = new Set<Uri>();
  const visit = (current: ResolvedTemplate) => {
    for (const { template: child } of current.nested) {
      if (!child || found.has(child.uri)) continue;
      if (child.uri !== template.uri) found.add(child.uri);
      visit(child);
    }
  };
  visit(template);
  return found;
}
