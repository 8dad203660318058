import type { IncomingHttpHeaders } from "node:http";

/** Where a signed request says that it goes. Signatures are not checked. */
export interface Scope {
  readonly region: string;
  /** The name that the service signs with: `lambda`, `monitoring`. */
  readonly service: string;
}

/** The scope in the header `Authorization`; nothing where a request is not signed. */
export function scopeOf({ authorization }: IncomingHttpHeaders): Scope | undefined {
  const [, credential = ""] = authorization?.split("Credential=", 2) ?? [];
  const [, date = "", region = "", service = "", end = ""] = credential.split("/", 5);
  const signed = /^\d{8}$/.test(date) && /^[\w-]+$/.test(region) && /^[\w-]+$/.test(service);
  return signed && end.startsWith("aws4_request") ? { region, service } : undefined;
}
