import type { LoadMaxima } from "#core";
import type { ChangeContext } from "../changes/budgetContext.ts";
import { pickFunction } from "../changes/pickFunction.ts";
import { ofArn, selectedFunctions } from "../changes/selectedFunctions.ts";
import { asUserErrors, operationState, uiParts } from "../operations/editor.ts";
import { askLoad } from "./askLoad.ts";
import { childGenerator } from "./childGenerator.ts";
import { loadUi } from "./loadUi.ts";

/** What throwing load works on. */
export interface LoadContext extends Pick<ChangeContext, "account" | "editor"> {
  /** The command line's file: load is generated in a process of its own. */
  readonly program: string;
  /** What a load test may not exceed, as the settings say. */
  readonly maxima: () => LoadMaxima;
}

/** Milliseconds until a request is given up, as on the command line. */
const TIMEOUT = 20_000;

/**
 * Throws load at a function: of a tree, of an ARN, or one that is asked for. Everything is read afresh, shown and confirmed; this process
 * changes the account, and another one sends the load.
 */
export async function throwLoad({ account, editor, program, maxima }: LoadContext, first: unknown): Promise<void> {
  await account.withSession(async (open) => {
    const { session, snapshot } = open;
    const [meant] =
      typeof first === "string" ? [ofArn(first, snapshot.identity)] : selectedFunctions(first, undefined, snapshot);
    const name = meant?.name ?? (await pickFunction(editor.window, snapshot, "Throw Load", () => true));
    if (name === undefined) return;
    const asked = await askLoad(editor.window, name, maxima());
    if (asked === undefined) return;
    const { shape, payload, reserve } = asked;
    await asUserErrors(async () => {
      const { signedInvoke } = await import("#aws");
      const { load } = await import("#operations");
      const target = `function ${name}`;
      const signed = await signedInvoke(session, { name, ...(payload !== undefined && { payload }) });
      const floor = await editor.statedFloor();
      const state = await operationState(editor, open);
      const generator = childGenerator(program, { name: target, timeout: TIMEOUT, signed });
      try {
        const readAgain = (names: readonly string[]) => {
          for (const each of names) void account.refreshFunction(each);
        };
        await load(
          { session, state, ui: loadUi({ ...uiParts(editor, open), readAgain }) },
          {
            target,
            name,
            shape,
            timeout: TIMEOUT,
            generator,
            maxima: maxima(),
            ...(payload !== undefined && { payload: { file: "what was typed", text: payload } }),
            ...(reserve !== undefined && { reserve }),
            ...(floor !== undefined && { floor }),
          },
        );
      } finally {
        generator.close();
      }
    });
  });
}
