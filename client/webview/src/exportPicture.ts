/** What of a computed style a picture on its own needs. */
const properties = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "paint-order",
  "font-family",
  "font-size",
  "text-anchor",
  "dominant-baseline",
  "opacity",
];

/** The picture as a file of its own: with the colours of the theme that it was drawn in, and a background. */
export function svgText(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const from = [drawing, ...drawing.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  for (const [i, element] of from.entries()) {
    const style = getComputedStyle(element);
    const target = to[i];
    if (target === undefined || element.localName === "title" || element.localName === "defs") continue;
    for (const property of properties) {
      const value = style.getPropertyValue(property).replace(/url\("[^"#]*#([^"]*)"\)/, "url(#$1)");
      if (value !== "") target.setAttribute(property, value);
    }
    for (const name of ["class", "tabindex", "role", "aria-pressed", "data-key", "data-kind"])
      target.removeAttribute(name);
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const background = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const { x, y, width, height } = drawing.viewBox.baseVal;
  for (const [name, value] of Object.entries({ x, y, width, height })) background.setAttribute(name, String(value));
  background.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(background);
  return new XMLSerializer().serializeToString(copy);
}

/** The picture as a PNG in base64, at twice its size. */
export async function pngData(drawing: SVGSVGElement): Promise<string> {
  const image = new Image();
  const { width, height } = drawing.viewBox.baseVal;
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(drawing))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").replace("data:image/png;base64,", "");
}
