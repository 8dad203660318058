/** The door of the room: an AWS account, read and changed. */
export { AccountError, type AccountErrorKind } from "./accountError.ts";
export type { AccountChoice, Session, SessionHost } from "./session.ts";
