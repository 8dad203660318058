import { commands, window } from "vscode";
import type { AccountPlan } from "#aws";
import type { Wanted } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { killCommand } from "../ids.ts";
import { UserError } from "../userError.ts";
import { counted, shortPhrase } from "../views/text.ts";
import { askInput } from "./askInput.ts";
import type { ChangeContext } from "./changeContext.ts";
import { floorOf, planFresh } from "./freshFacts.ts";
import { makeChange, wantedFor } from "./makeChange.ts";
import { checkSettable, type MeantFunction, meantFunctions, ofArn } from "./meantFunctions.ts";
import { pickFunction } from "./pickFunction.ts";
import { judgeReservation, type ReservationFacts, readReservation, reservationPrompt } from "./reservation.ts";

/**
 * Sets reservations: of functions of a tree, of the function with an ARN (`first`) to a number (`second`), or of one that is asked for.
 * Everything is read afresh, judged as one types, shown and confirmed.
 */
export async function setReservation(context: ChangeContext, first: unknown, second: unknown): Promise<void> {
  await context.account.withSession(async (open) => {
    const { snapshot } = open;
    const meant = await meantBy(open, first, second);
    if (meant === undefined) return;
    const names = meant.map(({ name }) => name);
    checkSettable(snapshot, names);
    const floor = await floorOf(context, snapshot.identity);
    const given = typeof first === "string" && typeof second === "number" ? second : undefined;
    const wanted =
      given === undefined
        ? await askReservations(open, meant, await planFresh(open.session, wantedFor(names, 0), floor))
        : wantedFor(names, given);
    if (wanted === undefined || (await isKillMeant(wanted))) return;
    await makeChange(context, open, {
      ...textsOf(wanted),
      mode: "set",
      plan: () => planFresh(open.session, wanted, floor),
    });
  });
}

/** Takes reservations away: of functions of a tree, or of one that is asked for. */
export async function removeReservation(context: ChangeContext, first: unknown, second: unknown): Promise<void> {
  await context.account.withSession(async (open) => {
    const named = meantFunctions(first, second, open.snapshot);
    const picked =
      named.length > 0
        ? named.map(({ name }) => name)
        : [await pickFunction(open.snapshot, "Remove Reservation", ({ reserved }) => reserved !== null)];
    const names = picked.filter((name) => name !== undefined);
    if (names.length === 0) return;
    checkSettable(open.snapshot, names);
    const floor = await floorOf(context, open.snapshot.identity);
    const wanted = wantedFor(names, null);
    await makeChange(context, open, {
      ...textsOf(wanted),
      mode: "set",
      plan: () => planFresh(open.session, wanted, floor),
    });
  });
}

async function meantBy(
  { snapshot }: OpenAccount,
  first: unknown,
  second: unknown,
): Promise<readonly MeantFunction[] | undefined> {
  if (typeof first === "string") return [ofArn(first, snapshot.identity)];
  const named = meantFunctions(first, second, snapshot);
  if (named.length > 0) return named;
  const name = await pickFunction(snapshot, "Set Reservation", ({ outsidePool }) => outsidePool === undefined);
  return name === undefined ? undefined : [{ name }];
}

/** Asks for one number for all functions, or for one after the other. */
async function askReservations(
  open: OpenAccount,
  meant: readonly MeantFunction[],
  { state, floorSource }: AccountPlan,
): Promise<readonly Wanted[] | undefined> {
  const known = new Set(state.functions.map(({ name }) => name));
  const gone = meant.find(({ name }) => !known.has(name));
  if (gone !== undefined) throw new UserError(`The account has no function ${gone.name} in this Region any more.`);
  const facts = (chosen: readonly Wanted[]): ReservationFacts => ({ state, floorSource, chosen });
  const way = meant.length === 1 ? "same" : await pickWay(meant.length);
  if (way === undefined) return undefined;
  if (way === "same") return askOne(open, meant, facts([]));
  const chosen: Wanted[] = [];
  for (const [index, one] of meant.entries()) {
    const answer = await askOne(open, [one], facts(chosen), { step: index + 1, totalSteps: meant.length });
    if (answer === undefined) return undefined;
    chosen.push(...answer);
  }
  return chosen;
}

async function pickWay(functions: number): Promise<"same" | "each" | undefined> {
  const items = [
    { label: `The same number for all ${functions} functions`, way: "same" as const },
    { label: "A number for each", way: "each" as const },
  ];
  const picked = await window.showQuickPick(items, { title: "Set Reservation", placeHolder: "One number or several" });
  return picked?.way;
}

async function askOne(
  { snapshot }: OpenAccount,
  meant: readonly MeantFunction[],
  facts: ReservationFacts,
  steps: { readonly step?: number; readonly totalSteps?: number } = {},
): Promise<readonly Wanted[] | undefined> {
  const names = meant.map(({ name }) => name);
  const [first] = meant;
  const now = facts.state.functions.find(({ name }) => name === first?.name)?.reserved;
  const value = first?.suggested === undefined ? now : first.suggested;
  const text = await askInput({
    title: `Reservation of ${names.length === 1 ? first?.name : counted(names.length, "function")} · ${shortPhrase(snapshot.identity)}`,
    prompt: reservationPrompt(names, facts),
    placeholder: "Number, or none",
    ...(meant.length > 1 || value === undefined ? {} : { value: value === null ? "none" : String(value) }),
    ...steps,
    judge: (typed) => judgeReservation(typed, names, facts),
  });
  const reserved = text === undefined ? undefined : readReservation(text);
  return reserved === undefined ? undefined : wantedFor(names, reserved);
}

/** A 0 switches off, and only the kill switch records how it was: it is offered. True when it was taken, or when the user cancelled. */
async function isKillMeant(wanted: readonly Wanted[]): Promise<boolean> {
  const off = wanted.filter(({ reserved }) => reserved === 0).map(({ name }) => name);
  if (off.length === 0 || !(await commands.getCommands(true)).includes(killCommand)) return false;
  const what = off.length === 1 ? off[0] : counted(off.length, "function");
  const kill = { label: "Use the kill switch", detail: "Records how it is now, so that it can be restored exactly." };
  const set = {
    label: "Only set the reservation to 0",
    detail: "Nothing is recorded: whoever wants it back has to know the number.",
  };
  const items = off.length === wanted.length ? [kill, set] : [set];
  const picked = await window.showQuickPick(items, { title: `0 switches ${what} off`, placeHolder: "How" });
  if (picked === kill) void commands.executeCommand(killCommand, off);
  return picked !== set;
}

/** How a change is called and asked for. */
function textsOf(wanted: readonly Wanted[]): { title: string; question: string; action: string } {
  const [first, ...others] = wanted;
  const value = first?.reserved ?? null;
  const whom = others.length === 0 ? (first?.name ?? "") : counted(wanted.length, "function");
  if (value === null && others.every(({ reserved }) => reserved === null)) {
    const what = others.length === 0 ? "reservation" : "reservations";
    return {
      title: `${whom} to no reservation`,
      question: `Remove the ${what} of ${whom}?`,
      action: others.length === 0 ? "Remove Reservation" : "Remove Reservations",
    };
  }
  if (others.some(({ reserved }) => reserved !== value))
    return {
      title: `${whom} to new reservations`,
      question: `Set the reservations of ${whom}?`,
      action: "Set Reservations",
    };
  return {
    title: `${whom} to ${value}`,
    question: `Set the reservation of ${whom} to ${value}?`,
    action: others.length === 0 ? "Set Reservation" : "Set Reservations",
  };
}
