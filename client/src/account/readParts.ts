import type { Connection } from "./connection.ts";

/** Functions whose details are read again with everything else; those looked at last. */
const refreshedDetails = 20;

/** Reads one function again, with its details and the totals that its reservation is part of. A function that is gone disappears. */
export async function readOneAgain(connection: Connection, name: string): Promise<void> {
  const { room, session, ended } = connection;
  try {
    const fn = await room.readFunction(session, name, ended);
    connection.alone(name, fn);
    connection.detailed(name, await room.readDetails(session, fn, ended));
  } catch (error) {
    if (room.toAccountError(error).kind !== "notFound") throw error;
    connection.alone(name, null);
  }
  const totals = await room.totalsIfOffered(session, ended);
  if (!("why" in totals)) connection.totals(totals);
}

/** Reads the details of functions, one after the other; mappings and scaling targets of the account once for all of them. */
export async function readDetailsOf(connection: Connection, names: readonly string[]): Promise<void> {
  const { room, session, ended, lists } = connection;
  for (const name of names) {
    const fn = connection.snapshot?.functions.find((each) => each.name === name);
    if (fn !== undefined) connection.detailed(name, await room.readDetails(session, fn, ended, lists));
  }
}

/** Reads details again that were looked at before, those looked at last; older ones are forgotten. */
export async function readDetailsAgain(connection: Connection): Promise<void> {
  await readDetailsOf(connection, connection.forgetDetails(refreshedDetails));
}
