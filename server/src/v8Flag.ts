import { setFlagsFromString } from "node:v8";

/** Versions of Node on which the product's flags were tried; V8 complains about flags that it does not know. */
const tried = { from: 20, to: 24 };

/** Sets a flag of the engine where it was tried; elsewhere the product runs without it. */
export function setV8Flag(flag: string): void {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= tried.from && major <= tried.to) setFlagsFromString(flag);
}
