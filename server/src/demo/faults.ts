/** What can be made to go wrong. */
export const faultKinds = [
  "cut",
  "deny",
  "empty-pages",
  "expired",
  "moto",
  "other-account",
  "server-error",
  "slow",
  "stale",
  "stale-tags",
  "throttle",
] as const;

/**
 * One kind of fault; `cut` closes the connection after the change was made, `moto` answers as that emulator does, `stale` answers reads as of
 * some moment of the last `ms`, `stale-tags` with the tags of `ms` ago.
 */
export type FaultKind = (typeof faultKinds)[number];

/** A fault and when it strikes. */
export interface Fault {
  readonly kind: FaultKind;
  /** An operation such as `GetFunction`, or `*`. */
  readonly action: string;
  /** Strikes this often, then no more. */
  readonly times?: number;
  /** Lets this many calls pass first. */
  readonly after?: number;
  /** Delay of `slow`, lag of `stale` and `stale-tags`, in milliseconds of demo time. */
  readonly ms?: number;
}

const numbers = ["times", "after", "ms"] as const;

/** Reads `KIND[:ACTION][:times=N][:after=N][:ms=N]`; gives a sentence where that is not what stands there. */
export function parseFault(text: string): Fault | string {
  const [kind, ...parts] = text.split(":");
  const known = faultKinds.find((name) => name === kind);
  if (known === undefined) return `"${kind}" is no kind of fault; there are ${faultKinds.join(", ")}.`;
  const options: Partial<Record<(typeof numbers)[number], number>> = {};
  let action = "*";
  for (const [index, part] of parts.entries()) {
    const [name, value] = part.split("=");
    if (value === undefined && index === 0 && part !== "") {
      action = part;
      continue;
    }
    const option = numbers.find((other) => other === name);
    if (option === undefined || !/^\d+$/.test(value ?? ""))
      return `"${part}" in the fault "${text}" is not times=N, after=N or ms=N.`;
    options[option] = Number(value);
  }
  return { kind: known, action, ...options };
}

/** The faults of a running demo account; they can be exchanged at any time. */
export class Faults {
  #faults: { readonly fault: Fault; seen: number }[] = [];

  constructor(faults: readonly Fault[]) {
    this.replace(faults);
  }

  /** From now on these faults and no others. */
  replace(faults: readonly Fault[]): void {
    this.#faults = faults.map((fault) => ({ fault, seen: 0 }));
  }

  /** Is a fault on that makes reads lag? */
  get anyStale(): boolean {
    return this.#faults.some(({ fault }) => fault.kind === "stale" || fault.kind === "stale-tags");
  }

  /** The faults that strike this call. Each call counts. */
  strike(action: string): readonly Fault[] {
    return this.#faults.flatMap((entry) => {
      const { fault } = entry;
      if (fault.action !== "*" && fault.action !== action) return [];
      const number = entry.seen++ - (fault.after ?? 0);
      return number >= 0 && number < (fault.times ?? Number.POSITIVE_INFINITY) ? [fault] : [];
    });
  }
}
