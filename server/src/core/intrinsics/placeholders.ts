/** The names that a `Fn::Sub` text refers to (`${Name}`), in order; `${!Literal}` is none. */
export function placeholdersIn(text: string): readonly string[] {
  const names: string[] = [];
  for (let start = text.indexOf("${"); start >= 0; ) {
    const end = text.indexOf("}", start + 2);
    if (end < 0) break;
    const name = text.slice(start + 2, end).trim();
    if (!name.startsWith("!")) names.push(name);
    start = text.indexOf("${", end + 1);
  }
  return names;
}
