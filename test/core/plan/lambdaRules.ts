/** A second opinion on what Lambda accepts, written from the recorded behaviour of its API; takes nothing from core. */

/** A function: reservation (null: none), the provisioned concurrency it should have, and whether that is there. */
export interface Simulated {
  readonly reserved: number | null;
  readonly provisioned: number;
  readonly there: boolean;
}

export interface Rules {
  readonly floor: number;
  /** What a function without reservation is credited when it gets one: nothing, or its provisioned concurrency. */
  readonly credit: "nothing" | "provisioned";
  /** Is a lowering refused that does not reach the floor? */
  readonly strict: boolean;
}

export type Call =
  | { readonly kind: "put"; readonly to: number }
  | { readonly kind: "delete" }
  | { readonly kind: "deleteProvisioned" }
  | { readonly kind: "putProvisioned" };

/** What the function takes from the pool. */
export function taken({ reserved, provisioned, there }: Simulated): number {
  return reserved ?? (there ? provisioned : 0);
}

/** The function after a call, or undefined when Lambda refuses it. `unreserved` is that of the account before it. */
export function simulate(rules: Rules, unreserved: number, subject: Simulated, call: Call): Simulated | undefined {
  const held = subject.there ? subject.provisioned : 0;
  switch (call.kind) {
    case "delete":
      return { ...subject, reserved: null };
    case "deleteProvisioned":
      return { ...subject, there: false };
    case "putProvisioned": {
      const fits =
        subject.reserved === null
          ? unreserved + held - subject.provisioned >= rules.floor
          : subject.provisioned <= subject.reserved;
      return fits ? { ...subject, there: true } : undefined;
    }
    case "put": {
      const next = { ...subject, reserved: call.to };
      if (call.to < held) return undefined;
      if (call.to === 0) return next;
      if (!rules.strict && subject.reserved !== null && call.to < subject.reserved) return next;
      const credit = subject.reserved ?? (rules.credit === "provisioned" ? held : 0);
      return unreserved + credit - call.to >= rules.floor ? next : undefined;
    }
  }
}
