/** Says whether a value has a form. */
export type Shape = (value: unknown) => boolean;

/** A text. */
export const text: Shape = (value) => typeof value === "string";
/** A number, also a fraction. */
export const number: Shape = (value) => typeof value === "number" && Number.isFinite(value);
/** An integer. */
export const integer: Shape = (value) => Number.isSafeInteger(value);
/** 0 or a positive integer. */
export const count: Shape = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
/** true or false. */
export const flag: Shape = (value) => typeof value === "boolean";
/** A moment that `Date` understands. */
export const moment: Shape = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));

/** One of these values. */
export function oneOf(...values: readonly unknown[]): Shape {
  return (value) => values.includes(value);
}

/** Any of these forms. */
export function either(...shapes: readonly Shape[]): Shape {
  return (value) => shapes.some((shape) => shape(value));
}

/** Absent, or of this form. */
export function optional(shape: Shape): Shape {
  return (value) => value === undefined || shape(value);
}

/** A list of such values. */
export function listOf(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(shape);
}

/** An object whose values all have this form. */
export function mapOf(shape: Shape): Shape {
  return (value) => isObject(value) && Object.values(value).every(shape);
}

/** Makes the form of an object from those of its members. */
export type ObjectShape = (members: Readonly<Record<string, Shape>>) => Shape;

/** An object with these members, and any others. */
export const open: ObjectShape = (members) => (value) =>
  isObject(value) && Object.entries(members).every(([name, shape]) => shape(value[name]));

/** An object with these members and no others. */
export const closed: ObjectShape = (members) => {
  const known = open(members);
  return (value) => known(value) && Object.keys(value as object).every((name) => Object.hasOwn(members, name));
};

/** An object that is no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
