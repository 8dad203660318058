import type { HttpRequest } from "#load";
import { UsageError } from "../exitCodes.ts";
import type { Options } from "../options.ts";
import type { Payload } from "./payloadOf.ts";

/** What is sent to a URL, by the options. Throws a `UsageError` for what is no header. */
export function urlRequest(url: URL, options: Options, payload: Payload | undefined): HttpRequest {
  const method = options.text("method");
  return {
    url,
    headers: { ...(payload && { "content-type": "application/json" }), ...headersOf(options) },
    ...(method !== undefined && { method }),
    ...(payload !== undefined && { body: Buffer.from(payload.text) }),
  };
}

/** The values of `--header`. Throws a `UsageError` for what is no header. */
function headersOf(options: Options): Readonly<Record<string, string>> {
  return Object.fromEntries(
    options.list("header").map((text) => {
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):(.*)$/.exec(text) ?? [];
      if (name === undefined || value === undefined || /[^\t\x20-\x7e]/.test(value))
        throw new UsageError(`--header takes "Name: value", not "${text}".`);
      return [name.toLowerCase(), value.trim()];
    }),
  );
}
