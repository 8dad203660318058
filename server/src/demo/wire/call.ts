import type { Identity } from "../account/state.ts";
import type { Region } from "../region.ts";

/** A request to a service, taken apart as far as all services need it. */
export interface Call {
  readonly region: Region;
  readonly identity: Identity;
  readonly requestId: string;
  /** Address of this server, without a slash at the end. */
  readonly origin: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: URLSearchParams;
  /** Variable parts of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** Members of the request as the API names them. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The body as it came. */
  readonly body: Buffer;
  /** Answer the next page without any element, but with a marker. */
  readonly emptyPage: boolean;
  /** Says that the account has changed, so that the state is saved. */
  changed(): void;
}

/** What a service answers. */
export interface Reply {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is written in the protocol's form; a buffer goes out as it is. */
  readonly body?: Readonly<Record<string, unknown>> | Buffer;
}

/** The text of a member, if it is one. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The whole number of a member or of a query value, if it is one. */
export function whole(value: unknown): number | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  const number = Number(value);
  return Number.isInteger(number) ? number : undefined;
}

/** The elements of a member, if it is a list. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The members of a structure, if it is one. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
