import type { Place, Uri } from "../model.ts";

/**
 * A stretch of the text whose nodes move together: an entry at the top of the document, or an entry of such an entry, as a resource is.
 * Its nodes count their offsets from `offset`: an edit in front of it moves one number instead of every node. An edit in it makes another
 * section of it, so that what was worked out from a section holds as long as the section is the same.
 */
export interface Section {
  /** UTF-16 offset in the whole text. */
  offset: number;
  /** Given out for nodes of this section; they move with it. */
  readonly places: MovingPlace[];
}

type MovingPlace = { -readonly [Key in keyof Place]: Place[Key] };

export function newSection(): Section {
  return { offset: 0, places: [] };
}

export function moveSection(section: Section, delta: number): void {
  section.offset += delta;
  for (const place of section.places) {
    place.start += delta;
    place.end += delta;
  }
}

/** A place between two offsets of the whole text that stays right while the text in front of the section is edited. */
export function placeInSection(section: Section, uri: Uri, start: number, end: number): Place {
  const place = { uri, start, end };
  section.places.push(place);
  return place;
}
