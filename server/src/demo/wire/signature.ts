import type { IncomingHttpHeaders } from "node:http";

/** Where a signed request says that it goes. Signatures are not checked. */
export interface Scope {
  readonly region: string;
  /** The name that the service signs with: `lambda`, `monitoring`. */
  readonly service: string;
}

/** The scope in the header `Authorization`; nothing where a request is not signed. */
export function scopeOf({ authorization }: IncomingHttpHeaders): Scope | undefined {
  const [, region, service] =
    /Credential=[^/\s]{1,128}\/\d{8}\/([\w-]+)\/([\w-]+)\/aws4_request/.exec(authorization ?? "") ?? [];
  return region === undefined || service === undefined ? undefined : { region, service };
}
