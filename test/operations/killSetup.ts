import type { TestContext } from "node:test";
import type { DemoOptions } from "#demo";
import type { Operation, OperationState } from "#operations";
import { type Scene, sceneFor } from "../aws/kill/scene.ts";
import { type Script, type ScriptedUi, scriptedUi } from "./scriptedUi.ts";

/** An operation of the kill switch on a demo account, whose questions a script answers. */
export interface KillSetup<Preview, Outcome>
  extends Pick<ScriptedUi<Preview, Outcome>, "previews" | "confirmations" | "outcomes"> {
  readonly scene: Scene;
  /** Calls of the port. */
  readonly port: readonly string[];
  readonly operation: Operation<Preview, Outcome>;
  /** Calls that may have changed the account, since the last `forgetWrites`. */
  writes(): readonly string[];
  forgetWrites(): void;
  /** Reservations by name. */
  reserved(): Readonly<Record<string, number | null>>;
  /** Somebody sets a reservation, with nothing of this product. */
  reserve(name: string, reserved: number | null): void;
}

/** The account of `sceneFor` with a script; `production`: why the account asks for more care. */
export async function killSetup<Preview, Outcome extends { readonly kind: string }>(
  test: TestContext,
  script: Script = {},
  { production, ...options }: DemoOptions & { readonly production?: string } = {},
): Promise<KillSetup<Preview, Outcome>> {
  const scene = await sceneFor(test, options);
  const { ui, calls: port, ...seen } = scriptedUi<Preview, Outcome>(script);
  const { folder, retryPolicy, clock, session, demo } = scene;
  const state: OperationState = { folder, retryPolicy, now: () => clock.now(), production: async () => production };
  const { functions } = demo.account.region("us-east-1").state;
  let from = 0;
  return {
    scene,
    port,
    ...seen,
    operation: { session, state, ui },
    writes: () => scene.calls.slice(from).filter((call) => !/^(?:Get|List|Describe)/.test(call)),
    forgetWrites() {
      from = scene.calls.length;
    },
    reserved: () => Object.fromEntries(functions.map((fn) => [fn.name, fn.reserved])),
    reserve(name, reserved) {
      for (const fn of functions) if (fn.name === name) fn.reserved = reserved;
    },
  };
}
