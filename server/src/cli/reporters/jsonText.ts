/**
 * A document as JSON: two spaces of indentation, a line break at its end. Characters that would steer a terminal, and what a CI service
 * takes for a command in the middle of a line (`##[…]`), are written as escapes, which every reader takes for the same text.
 */
export function jsonText(document: unknown): string {
  const text = JSON.stringify(document, null, 2);
  return `${text.replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|#(?=#\[|#vso\[)/g, escaped)}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
