import { type Pattern, readPattern } from "./patternSyntax.ts";

/** Larger patterns are not judged: a repetition of a repetition multiplies. */
const maxStates = 1_000;
type State =
  | { readonly kind: "take"; readonly takes: (code: number) => boolean; readonly next: number }
  | { readonly kind: "fork"; readonly next: readonly number[] }
  | { readonly kind: "start" | "end"; readonly next: number }
  | { readonly kind: "done" };

/** Matches whole texts. */
export interface Matcher {
  /** A text of n characters takes at most n times this many steps. */
  readonly states: number;
  matches(text: string): boolean;
}

/**
 * The matcher of an AllowedPattern; undefined when the pattern holds something that is not known here. It goes over a text once:
 * each character leads from all states reached to the next ones, so no pattern makes it try again and again.
 */
export function matcherOf(pattern: string): Matcher | undefined {
  const states = compiled(pattern);
  return states && { states: states.length, matches: (text) => run(states, text) };
}

/** The states of a pattern, its first one last; each part is built before what leads to it. */
function compiled(pattern: string): readonly State[] | undefined {
  const tree = readPattern(pattern);
  if (!tree) return undefined;
  const states: State[] = [{ kind: "done" }];
  const add = (state: State) => states.push(state) - 1;

  const build = (part: Pattern, next: number): number | undefined => {
    if (states.length > maxStates) return undefined;
    switch (part.kind) {
      case "take":
        return add({ kind: "take", takes: part.takes, next });
      case "start":
      case "end":
        return add({ kind: part.kind, next });
      case "sequence":
        return part.parts.reduceRight<number | undefined>(
          (after, one) => (after === undefined ? undefined : build(one, after)),
          next,
        );
      case "either": {
        const ways = part.parts.map((one) => build(one, next));
        return ways.every((way) => way !== undefined) ? add({ kind: "fork", next: ways }) : undefined;
      }
      case "repeat":
        return repeat(part, next);
    }
  };

  const repeat = ({ part, min, max }: Extract<Pattern, { kind: "repeat" }>, next: number): number | undefined => {
    let after: number | undefined = next;
    if (max === undefined) {
      const ways: number[] = [next];
      const again = add({ kind: "fork", next: ways });
      const once = build(part, again);
      if (once === undefined) return undefined;
      ways.push(once);
      after = again;
    }
    for (let i = min; i < (max ?? min) && after !== undefined; i++) {
      const once = build(part, after);
      after = once === undefined ? undefined : add({ kind: "fork", next: [once, next] });
    }
    for (let i = 0; i < min && after !== undefined; i++) after = build(part, after);
    return after;
  };

  const first = build(tree, 0);
  if (first === undefined) return undefined;
  states.push({ kind: "fork", next: [first] });
  return states;
}

function run(states: readonly State[], text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) as number);
  /** The last position at which a state was reached. */
  const reachedAt = new Int32Array(states.length).fill(-1);
  const reach = (into: number[], from: number, at: number) => {
    const open = [from];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (reachedAt[index] === at) continue;
      reachedAt[index] = at;
      const state = states[index] as State;
      if (state.kind === "fork") for (const next of state.next) open.push(next);
      else if (state.kind === "start" || state.kind === "end") {
        if (at === (state.kind === "start" ? 0 : codes.length)) open.push(state.next);
      } else into.push(index);
    }
  };
  let reached: number[] = [];
  reach(reached, states.length - 1, 0);
  for (const [at, code] of codes.entries()) {
    const then: number[] = [];
    for (const index of reached) {
      const state = states[index] as State;
      if (state.kind === "take" && state.takes(code)) reach(then, state.next, at + 1);
    }
    reached = then;
  }
  return reached.includes(0);
}
