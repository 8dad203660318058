import {
  learnedFloors,
  previewRestore,
  type RestoredFunction,
  type RestorePreview,
  readRoom,
  type Shortage,
} from "#aws";
import { accountKey, type Room, roomFor } from "#core";
import { ifReadable, type KillSurroundings, killPorts, readFunctions } from "./killPorts.ts";

/** Functions that somebody wants as they were before their kill. */
export interface RestoreWish {
  /** FunctionNames, in the order in which they come where the pool has not enough for all. */
  readonly names: readonly string[];
  /** Of these it is an error that they were not killed; of the others it is only said. Default: all. */
  readonly required?: readonly string[];
  /** Restores what nobody changed since the kill, and leaves the rest as it is. Where it is absent, somebody who answers may choose it. */
  readonly keepChanges?: boolean;
  /** Waits until provisioned concurrency is allocated. */
  readonly wait?: boolean;
  /** The floor that a budget states; it counts more than the one that was learned here. */
  readonly floor?: number;
  /** Only shows what would be done. */
  readonly dryRun?: boolean;
}

/** What a restore would do. */
export interface RestoreShown {
  readonly preview: RestorePreview;
  /** Functions that were only selected and are not killed. */
  readonly notKilled: readonly string[];
  /** Who could make room for what is short; null where the account was not read completely; absent: nothing is short. */
  readonly room?: Room | null;
}

/** Reads functions afresh and says what restoring them would do. Throws an `AccountError` when it is cancelled. */
export async function readRestore(
  operation: KillSurroundings,
  names: readonly string[],
  wish: RestoreWish,
): Promise<RestorePreview> {
  const floor = await floorFor(operation, wish);
  return await readFunctions(operation, names, (reading) =>
    previewRestore(operation.session, names, {
      ...killPorts(operation),
      ...reading,
      ...(floor !== undefined && { floor }),
    }),
  );
}

/** The same of what is wished, with what was only selected and is not killed, and who could make room. */
export async function readShown(operation: KillSurroundings, wish: RestoreWish): Promise<RestoreShown> {
  const read = await readRestore(operation, wish.names, wish);
  const { required = wish.names } = wish;
  const notKilled = read.functions.flatMap((found) =>
    found.kind === "refused" && found.notKilled && !required.includes(found.name) ? [found.name] : [],
  );
  const preview = { ...read, functions: read.functions.filter(({ name }) => !notKilled.includes(name)) };
  const room = preview.short && (await findRoom(operation, preview.short, wish.names));
  return { preview, notKilled, ...(room !== undefined && { room }) };
}

/** The floor that counts: stated, else learned here, else learned with what is on screen. */
export async function floorFor(
  { session, state }: KillSurroundings,
  { floor }: RestoreWish,
): Promise<number | undefined> {
  return floor ?? (await learnedFloors(state.folder).get(accountKey(session.identity))) ?? state.shown?.learnedFloor;
}

/** What is on screen says who holds what as well: it is advice, and nothing is done by it. */
async function findRoom(
  { session, state, ui }: KillSurroundings,
  short: Shortage,
  names: readonly string[],
): Promise<Room | null> {
  const { shown } = state;
  if (shown?.reading.state === "complete")
    return roomFor(shown.functions, short.needed - short.available, new Set(names));
  return await ui.progress("Reading who could make room", async ({ signal }) => {
    return (await readRoom(session, short, names, signal)) ?? null;
  });
}

/** Nobody knew that it would be short: the floor was another one, or somebody took from the pool. */
export async function roomAfter(
  operation: KillSurroundings,
  { room }: RestoreShown,
  results: readonly RestoredFunction[],
  wish: RestoreWish,
  floor: number | undefined,
): Promise<{ readonly shortAfter?: Shortage; readonly room?: Room | null }> {
  if (room !== undefined || floor === undefined) return {};
  const left = results.filter(({ outcome }) => outcome === "short").map(({ name }) => name);
  const after = await ifReadable(async () => {
    const { short } = await readRestore(operation, left, { ...wish, floor });
    return short === undefined ? {} : { shortAfter: short, room: await findRoom(operation, short, left) };
  });
  return after ?? {};
}
