/** What kind of thing went wrong; the editor decides by it what to offer. */
export type AccountErrorKind =
  | "noCredentials"
  | "noRegion"
  | "expired"
  | "denied"
  | "offline"
  | "throttled"
  | "timeout"
  | "changed"
  | "refused"
  | "notFound"
  | "cancelled"
  | "failed";

/** Something that an account answered, or why it could not be asked. The message is one sentence that says what to do; it holds no secret. */
export class AccountError extends Error {
  override readonly name = "AccountError";
  readonly kind: AccountErrorKind;
  /** The IAM action that is missing (`denied`), or the API call that failed. */
  readonly action: string | undefined;
  /** The floor that Lambda named when it refused a reservation. */
  readonly floor: number | undefined;

  constructor(
    kind: AccountErrorKind,
    message: string,
    more: { readonly action?: string; readonly floor?: number; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? {} : { cause: more.cause });
    this.kind = kind;
    this.action = more.action;
    this.floor = more.floor;
  }
}
