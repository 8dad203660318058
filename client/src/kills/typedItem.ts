/**
 * The item that is meant by a text without anything checked: the one with this label, else the only one whose label contains it. Icons in front of
 * a label do not count.
 */
export function typedItem<Item extends { readonly label: string }>(
  text: string,
  items: readonly Item[],
): readonly Item[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const label = (item: Item) => item.label.replace(/^\$\([^)]*\) /, "").toLowerCase();
  const exact = items.filter((item) => label(item) === wanted);
  const found = exact.length > 0 ? exact : items.filter((item) => label(item).includes(wanted));
  return found.length === 1 ? found : [];
}
