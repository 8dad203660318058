// Reads the files whose paths stand in a file, one a line, and parses each with the yaml library: what `check` is compared with.
import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";

const list = process.argv[2] as string;
for (const path of readFileSync(list, "utf8").split("\n")) {
  try {
    parseDocument(readFileSync(path, "utf8"), { logLevel: "silent" });
  } catch {
    // A text the library gives up on has cost its time all the same.
  }
}
