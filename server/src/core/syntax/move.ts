import type { Comment, Node, Pair } from "./nodes.ts";
import { moveSection, type Section } from "./sections.ts";

/**
 * Moves an entry of a mapping of section `around` by `delta`. An entry that is a section of its own is moved by one number, and so is
 * each section in it.
 */
export function moveEntry({ key, value }: Pair, around: Section, delta: number): void {
  if (value.section === around) {
    moveNodes(key, delta, around);
    moveNodes(value, delta, around);
  } else {
    moveSection(value.section, delta);
    moveSectionsIn(key, delta);
    moveSectionsIn(value, delta);
  }
}

/** Puts a node, and all in it that is of the same section, into another section, `delta` further on in the text. */
export function moveNodes(node: Node, delta: number, section: Section): void {
  const own = node.section;
  node.move(delta, section);
  if (node.kind === "map") {
    for (const { key, value } of node.written) {
      if (key.section === own) moveNodes(key, delta, section);
      if (value.section === own) moveNodes(value, delta, section);
    }
  } else if (node.kind === "seq") {
    for (const item of node.items) if (item.section === own) moveNodes(item, delta, section);
  }
}

function moveSectionsIn(node: Node, delta: number): void {
  if (node.kind !== "map") return;
  for (const { key, value } of node.written) {
    // All entries of a mapping are sections, or none is.
    if (value.section === node.section) return;
    moveSection(value.section, delta);
    moveSectionsIn(key, delta);
    moveSectionsIn(value, delta);
  }
}

/** Sorted comments: those between two offsets of the old text are replaced, those behind are moved, in place. */
export function replaceComments(
  comments: Comment[],
  from: number,
  next: number,
  read: readonly Comment[],
  delta: number,
): void {
  const first = firstFrom(comments, from);
  const behind = firstFrom(comments, next);
  if (delta !== 0) {
    for (let index = behind; index < comments.length; index++) {
      const comment = comments[index] as Comment;
      comment.start += delta;
      comment.end += delta;
    }
  }
  comments.splice(first, behind - first, ...read);
}

function firstFrom(comments: readonly Comment[], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle] as Comment).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
