import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import formats from "ajv-formats";

const {
  $schema: _draft4,
  id: _id,
  ...schema
} = JSON.parse(readFileSync(new URL("../fixtures/sarif/sarif-2.1.0-rtm.5.json", import.meta.url), "utf8"));

// The schema is draft 4, but uses nothing that draft 7 reads differently once its `id` is gone. One of its patterns is not valid with the `u` flag.
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(schema);

/** What the published schema has against a SARIF log, as sentences; empty when it is valid. */
export function validateSarif(log: unknown): readonly string[] {
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
