/** What an error of the SDK or of Node tells, wherever it keeps it. */
export interface Failure {
  /** `AccessDeniedException`; without what services append to it. */
  readonly name: string;
  /** Of Node: `ECONNREFUSED`; of the innermost error that has one. */
  readonly code?: string;
  /** One line, without anything that looks like a key. */
  readonly message: string;
  /** HTTP status. */
  readonly status?: number;
  /** `host` or `host:port` that was called. */
  readonly host?: string;
}

const DEEPEST = 8;
const LONGEST = 400;

/** Reads an error with its causes; anything that is no error counts as one without a name. */
export function readFailure(error: unknown): Failure {
  const chain = [...causes(error)];
  const name = first(chain, ({ name }) => text(name)) ?? "";
  const code = first(chain, ({ code }) => text(code));
  const status = first(chain, ({ $metadata }) => statusOf($metadata));
  const host = first(chain, hostOf);
  return {
    // `AccessDenied:http://internal.amazon.com/…` is how some services write it.
    name: name.split(":")[0] ?? "",
    message: clean(first(chain, messageOf) ?? (typeof error === "string" ? error : "")),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    ...(host === undefined ? {} : { host }),
  };
}

/** One line that may be shown: access key ids, signatures and tokens are taken out, the rest is cut at 400 characters. */
export function clean(message: string): string {
  const line = message.trim().split("\n", 1)[0] ?? "";
  const shown = line
    .replace(/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{8,}\b/g, "…")
    .replace(/\b(Signature|Credential|X-Amz-Security-Token|password|secret|token)=[^\s&,]+/gi, "$1=…")
    .replace(/\/\/[^/\s@]+@/g, "//…@");
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}

type Fields = Readonly<Record<string, unknown>>;

function* causes(error: unknown): Generator<Fields> {
  let current = error;
  for (let depth = 0; depth < DEEPEST && typeof current === "object" && current !== null; depth++) {
    const fields = current as Fields;
    yield fields;
    // A host with several addresses fails once for each of them.
    current = fields.cause ?? (Array.isArray(fields.errors) ? fields.errors[0] : undefined);
  }
}

function first<T>(chain: readonly Fields[], read: (fields: Fields) => T | undefined): T | undefined {
  for (const fields of chain) {
    const found = read(fields);
    if (found !== undefined) return found;
  }
  return undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Lambda writes `message` or `Message`, and the SDK keeps what it finds. */
function messageOf({ message, Message }: Fields): string | undefined {
  const known = text(message);
  return known === undefined || known === "UnknownError" ? (text(Message) ?? known) : known;
}

function statusOf(metadata: unknown): number | undefined {
  const status = typeof metadata === "object" && metadata !== null ? (metadata as Fields).httpStatusCode : undefined;
  return typeof status === "number" ? status : undefined;
}

function hostOf({ hostname, host, address, port }: Fields): string | undefined {
  const known = text(hostname) ?? text(host) ?? text(address);
  return known === undefined || typeof port !== "number" ? known : `${known}:${port}`;
}
