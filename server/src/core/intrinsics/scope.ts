import type { Scope } from "./evaluated.ts";

/**
 * A text inside `Fn::ForEach` with the identifiers filled in: `${Id}` by the item, `&{Id}` by its letters and digits only.
 * Other `${…}` stay for `Fn::Sub`.
 */
export function fillIn(text: string, scope: Scope): string {
  if (!scope || !text.includes("{")) return text;
  return text.replace(/([$&])\{\s*([A-Za-z0-9]+)\s*\}/g, (whole, sign: string, name: string) => {
    const item = scope.get(name);
    if (item === undefined) return whole;
    return sign === "&" ? item.replace(/[^A-Za-z0-9]/g, "") : item;
  });
}
