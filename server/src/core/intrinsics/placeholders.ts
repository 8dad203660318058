/** A piece of a `Fn::Sub` text: a text, or the name in `${Name}`. */
export type SubPiece = { readonly text: string } | { readonly name: string };

/** A `Fn::Sub` text in its pieces, in order; `${!Literal}` is the text `${Literal}`. */
export function* piecesOf(text: string): Generator<SubPiece> {
  let end = 0;
  for (let open = text.indexOf("${"); open >= 0; open = text.indexOf("${", end)) {
    const close = text.indexOf("}", open);
    if (close < 0) break;
    if (open > end) yield { text: text.slice(end, open) };
    const inside = text.slice(open + 2, close);
    yield inside.startsWith("!") ? { text: `\${${inside.slice(1)}}` } : { name: inside.trim() };
    end = close + 1;
  }
  if (end < text.length) yield { text: text.slice(end) };
}

/** The one name that a `Fn::Sub` text is: `Name` of `${Name}`. */
export function onlyName(text: string): string | undefined {
  const [first, ...others] = piecesOf(text);
  return first && "name" in first && others.length === 0 ? first.name : undefined;
}
