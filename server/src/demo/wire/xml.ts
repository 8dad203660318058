/** Writes plain data as the elements of an AWS query answer; elements of a list stand in `member`. */
export function toXml(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((entry) => `<member>${toXml(entry)}</member>`).join("");
  if (typeof value !== "object") return escapeXml(String(value));
  return Object.entries(value)
    .filter(([, content]) => content !== undefined)
    .map(([name, content]) => `<${name}>${toXml(content)}</${name}>`)
    .join("");
}

/** Reads `A.member.1.B=c` into `{A: [{B: "c"}]}`. All values are text. */
export function fromForm(form: URLSearchParams): Record<string, unknown> {
  const root: Record<string, unknown> = Object.create(null);
  for (const [name, value] of form) {
    const parts = name.split(".");
    if (parts.length > 20) continue;
    let node = root;
    for (const part of parts.slice(0, -1)) {
      const next = Object.hasOwn(node, part) ? node[part] : undefined;
      if (isRecord(next)) {
        node = next;
        continue;
      }
      const made: Record<string, unknown> = Object.create(null);
      node[part] = made;
      node = made;
    }
    node[parts.at(-1) ?? ""] = value;
  }
  return Object.fromEntries(Object.entries(root).map(([name, value]) => [name, unlist(value)]));
}

function unlist(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const elements = value.member;
  if (!isRecord(elements))
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unlist(inner)]));
  return Object.entries(elements)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, inner]) => unlist(inner));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
