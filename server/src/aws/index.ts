/** The door of the room: an AWS account, read and changed. */
export { AccountError, type AccountErrorKind } from "./accountError.ts";
export * from "./change/calls.ts";
export { openSession } from "./openSession.ts";
export { type Bucket, createPace, defaultReadRate, type Pace, type PaceOptions } from "./pace.ts";
export { listProfiles, type Profile } from "./profiles.ts";
export { readFunction } from "./reading/readFunction.ts";
export { readSnapshot, type SnapshotOptions } from "./reading/readSnapshot.ts";
export { regionsOf } from "./regions.ts";
export type { AccountChoice, Session, SessionHost } from "./session.ts";
export { stateFolder } from "./stateFolder.ts";
export { toAccountError } from "./toAccountError.ts";
