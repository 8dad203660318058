import { Session } from "node:inspector";

/**
 * Counts what code of this repository does, so that tests can say "linear" without a clock: how often each block of it ran (V8's
 * precise coverage), and how many characters and items the built-ins that it called went over, which coverage does not see.
 * The regular expressions themselves are linear: `test/regularExpressions.test.ts` proves it, so what one reads counts once.
 */
export class StepCounter {
  readonly #session = new Session();
  #builtIn = 0;

  /** To be made before the code to count is loaded. */
  constructor() {
    this.#session.connect();
    this.#post("Profiler.enable");
    this.#post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    this.#watchTexts();
    this.#watchRegularExpressions();
    this.#watchLists();
  }

  /** Steps of one run, and of what of ours ran since the last. */
  count(run: () => unknown): number {
    this.#builtIn = 0;
    run();
    const builtIn = this.#builtIn;
    return builtIn + blocksOf(this.#post("Profiler.takePreciseCoverage"));
  }

  #post(method: string, parameters?: object): unknown {
    let answer: unknown;
    this.#session.post(method, parameters, (error, result) => {
      if (error) throw error;
      answer = result;
    });
    return answer;
  }

  #watchTexts(): void {
    this.#watch(String.prototype, ["includes", "indexOf"], (text, [searched, from], found) => {
      const start = Number(from ?? 0);
      return typeof found === "number" && found >= 0 ? found + String(searched).length - start : text.length - start;
    });
    this.#watch(String.prototype, ["lastIndexOf"], (text, [, from], found) =>
      Math.abs(Number(from ?? text.length) - Number(found)),
    );
    this.#watch(
      String.prototype,
      ["split", "replaceAll", "trim", "trimEnd", "trimStart", "toLowerCase"],
      (text) => text.length,
    );
  }

  #watchRegularExpressions(): void {
    const { exec } = RegExp.prototype;
    const add = (steps: number) => {
      this.#builtIn += steps;
    };
    // Every use of a regular expression goes through an `exec` that is not V8's own.
    RegExp.prototype.exec = function (this: RegExp, text: string) {
      const from = this.global || this.sticky ? this.lastIndex : 0;
      const match = exec.call(this, text);
      // A split tries at every place, and fails at once at most of them.
      const end = match ? match.index + match[0].length : this.sticky ? from : String(text).length;
      add(1 + end - from);
      return match;
    };
  }

  #watchLists(): void {
    const ofAll = ["includes", "indexOf", "join", "slice", "splice", "concat", "unshift"];
    this.#watch(Array.prototype, ofAll, (list) => list.length);
    this.#watch(Object, ["entries", "keys", "values"], (_, __, result) => (result as Sized).length);
    // What spreads and copies a collection asks its iterator for every item once this is not V8's own.
    for (const collection of [[], new Map(), new Set()]) {
      const iterator: object = Object.getPrototypeOf((collection as Iterable<unknown>)[Symbol.iterator]());
      this.#watch(iterator, ["next"], () => 1);
    }
  }

  #watch(
    owner: object,
    names: readonly string[],
    stepsOf: (self: Sized, given: readonly unknown[], result: unknown) => number,
  ): void {
    const add = (steps: number) => {
      this.#builtIn += steps;
    };
    for (const name of names) {
      const original = Reflect.get(owner, name) as (...given: unknown[]) => unknown;
      Reflect.set(owner, name, function (this: Sized, ...given: unknown[]) {
        const result = Reflect.apply(original, this, given);
        add(stepsOf(this, given, result));
        return result;
      });
    }
  }
}

interface Sized {
  readonly length: number;
}

interface Coverage {
  readonly result: readonly { readonly url: string; readonly functions: readonly CoveredFunction[] }[];
}

interface CoveredFunction {
  readonly ranges: readonly { readonly count: number }[];
}

function blocksOf(coverage: unknown): number {
  let blocks = 0;
  for (const script of (coverage as Coverage).result) {
    if (!OURS.test(script.url)) continue;
    for (const { ranges } of script.functions) for (const { count } of ranges) blocks += count;
  }
  return blocks;
}

/** Our sources and the two libraries that read texts of users. */
const OURS = /\/(?:server\/src|node_modules\/(?:smol-toml|ignore))\//;
