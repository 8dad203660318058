import type { Wanted } from "#core";
import { many, shortPhrase } from "#core";
import type { ReservationFacts } from "#operations";
import type { OpenAccount } from "../account/accountState.ts";
import { killCommand } from "../ids.ts";
import { asUserErrors } from "../operations/editor.ts";
import type { EditorWindow } from "../operations/editorWindow.ts";
import type { ChangeContext } from "./budgetContext.ts";
import { type ChangeOperation, changeOperation } from "./changeOperation.ts";
import { pickFunction } from "./pickFunction.ts";
import { checkSettable, ofArn, type SelectedFunction, selectedFunctions } from "./selectedFunctions.ts";

/**
 * Sets reservations: of functions of a tree, of the function with an ARN (`first`) to a number (`second`), or of one that is asked for.
 * Everything is read afresh, judged as one types, shown and confirmed.
 */
export async function setReservation(context: ChangeContext, first: unknown, second: unknown): Promise<void> {
  const { account, editor } = context;
  await account.withSession(async (open) => {
    const { snapshot } = open;
    const selected = await selectedBy(editor.window, open, first, second);
    if (selected === undefined) return;
    const names = selected.map(({ name }) => name);
    checkSettable(snapshot, names);
    const floor = await editor.statedFloor();
    const given = typeof first === "string" && typeof second === "number" ? second : undefined;
    await asUserErrors(async () => {
      const operation = await changeOperation(context, open);
      const wanted =
        given === undefined
          ? await askReservations(operation, editor.window, open, selected, floor)
          : wantedFor(names, given);
      if (wanted !== undefined) await setOrKill(operation, editor.window, wanted, floor);
    });
  });
}

/** 0 may turn out to be meant as the kill switch. */
async function setOrKill(
  operation: ChangeOperation,
  window: EditorWindow,
  wanted: readonly Wanted[],
  floor: number | undefined,
): Promise<void> {
  const { setReservation: set } = await import("#operations");
  const outcome = await set(operation, { wanted, ...(floor !== undefined && { floor }) });
  if (outcome?.kind === "kill") void window.run(killCommand, outcome.names);
}

/** Takes reservations away: of functions of a tree, or of one that is asked for. */
export async function removeReservation(context: ChangeContext, first: unknown, second: unknown): Promise<void> {
  const { account, editor } = context;
  await account.withSession(async (open) => {
    const named = selectedFunctions(first, second, open.snapshot);
    const picked =
      named.length > 0
        ? named.map(({ name }) => name)
        : [await pickFunction(editor.window, open.snapshot, "Remove Reservation", ({ reserved }) => reserved !== null)];
    const names = picked.filter((name) => name !== undefined);
    if (names.length === 0) return;
    checkSettable(open.snapshot, names);
    const floor = await editor.statedFloor();
    await asUserErrors(async () =>
      setOrKill(await changeOperation(context, open), editor.window, wantedFor(names, null), floor),
    );
  });
}

async function selectedBy(
  window: EditorWindow,
  { snapshot }: OpenAccount,
  first: unknown,
  second: unknown,
): Promise<readonly SelectedFunction[] | undefined> {
  if (typeof first === "string") return [ofArn(first, snapshot.identity)];
  const named = selectedFunctions(first, second, snapshot);
  if (named.length > 0) return named;
  const name = await pickFunction(window, snapshot, "Set Reservation", ({ outsidePool }) => outsidePool === undefined);
  return name === undefined ? undefined : [{ name }];
}

/** Asks for one number for all functions, or for one after the other. */
async function askReservations(
  operation: ChangeOperation,
  window: EditorWindow,
  open: OpenAccount,
  selected: readonly SelectedFunction[],
  floor: number | undefined,
): Promise<readonly Wanted[] | undefined> {
  const { reservationFacts } = await import("#operations");
  const names = selected.map(({ name }) => name);
  const known = await reservationFacts(operation, names, floor);
  const facts = (chosen: readonly Wanted[]): ReservationFacts => ({ ...known, chosen });
  const way = selected.length === 1 ? "same" : await pickWay(window, selected.length);
  if (way === undefined) return undefined;
  if (way === "same") return askOne(window, open, selected, facts([]));
  const chosen: Wanted[] = [];
  for (const [index, one] of selected.entries()) {
    const answer = await askOne(window, open, [one], facts(chosen), { step: index + 1, totalSteps: selected.length });
    if (answer === undefined) return undefined;
    chosen.push(...answer);
  }
  return chosen;
}

function pickWay(window: EditorWindow, functions: number): Promise<"same" | "each" | undefined> {
  return window.pick({
    title: "Set Reservation",
    placeholder: "One number or several",
    items: [
      { label: `The same number for all ${functions} functions`, value: "same" as const },
      { label: "A number for each", value: "each" as const },
    ],
  });
}

async function askOne(
  window: EditorWindow,
  { snapshot }: OpenAccount,
  selected: readonly SelectedFunction[],
  facts: ReservationFacts,
  steps: { readonly step?: number; readonly totalSteps?: number } = {},
): Promise<readonly Wanted[] | undefined> {
  const { judgeReservation, readReservation, reservationPrompt } = await import("#operations");
  const names = selected.map(({ name }) => name);
  const [first] = selected;
  const now = facts.state.functions.find(({ name }) => name === first?.name)?.reserved;
  const value = first?.suggested === undefined ? now : first.suggested;
  const text = await window.input({
    title: `Reservation of ${names.length === 1 ? first?.name : many(names.length, "function")} · ${shortPhrase(snapshot.identity)}`,
    prompt: reservationPrompt(names, facts),
    placeholder: "Number, or none",
    ...(selected.length > 1 || value === undefined ? {} : { value: value === null ? "none" : String(value) }),
    ...steps,
    judge: (typed) => judgeReservation(typed, names, facts),
  });
  const reserved = text === undefined ? undefined : readReservation(text);
  return reserved === undefined ? undefined : wantedFor(names, reserved);
}

/** One number for each function. */
function wantedFor(names: readonly string[], reserved: number | null): readonly Wanted[] {
  return names.map((name) => ({ name, reserved }));
}
