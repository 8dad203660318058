import type { Session, Shortage } from "#aws";
import type { Room } from "#core";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { roomLines } from "../reporters/room.ts";
import { accountRoom } from "./openAccount.ts";
import { progressLine } from "./progressLine.ts";

/** Finds who could make room for what is to be restored, and shows it unless JSON is wanted. null: the account was not read completely. */
export async function showRoom(
  session: Session,
  shortage: Shortage,
  names: readonly string[],
  options: Options,
  io: Io,
  signal: AbortSignal,
): Promise<Room | null> {
  const { readRoom } = await accountRoom();
  const line = progressLine(io);
  line.show("Reading who could make room");
  try {
    const room = (await readRoom(session, shortage, names, signal)) ?? null;
    line.end();
    if (options.text("format") !== "json")
      io.stdout.write(
        room === null
          ? "Who holds what: lambda-concurrency account --sort reserved\n\n"
          : `${roomLines(room, givenChoice(options))}\n`,
      );
    return room;
  } finally {
    line.end();
  }
}

/** What of the command line leads another command to the same account. */
function givenChoice(options: Options): string {
  const given = ["profile", "region"].flatMap((name) => {
    const value = options.text(name);
    return value === undefined ? [] : [` --${name} ${value}`];
  });
  return given.join("");
}
