import { groupBy } from "../groupBy.ts";
import type { Finding } from "../model.ts";
import type { Suppression } from "./suppressions.ts";

/** Which ignores of one file cover which of its findings. */
export interface Coverings {
  /** The first ignore that covers a finding, in the order of the file. */
  readonly by: ReadonlyMap<Finding, Suppression>;
  /** Every ignore that covers one. */
  readonly used: ReadonlySet<Suppression>;
}

/** All at once, because a file may hold thousands of both: comparing each with each would take hours. */
export function coveringsOf(findings: readonly Finding[], suppressions: readonly Suppression[]): Coverings {
  const by = new Map<Finding, Suppression>();
  const used = new Set<Suppression>();
  const byRule = groupBy(findings, ({ rule }): string => rule);
  const lists = new Map(Array.from(byRule, ([rule, list]) => [rule, new Uncovered(list)]));
  for (const suppression of suppressions) {
    const list = lists.get(suppression.rule);
    for (const { start, end } of list ? suppression.covers : []) {
      if (list?.hasAny(start, end)) used.add(suppression);
      list?.take(start, end, (finding) => by.set(finding, suppression));
    }
  }
  return { by, used };
}

/** Findings of one rule by place; those that were taken are stepped over from then on. */
class Uncovered {
  readonly #findings: readonly Finding[];
  /** From each index the way to the next one that was not taken. */
  readonly #next: number[];

  constructor(findings: readonly Finding[]) {
    this.#findings = findings.toSorted((a, b) => a.place.start - b.place.start);
    this.#next = Array.from({ length: findings.length + 1 }, (_, index) => index);
  }

  /** Does one start between the offsets, taken or not? */
  hasAny(start: number, end: number): boolean {
    const first = this.#findings[this.#firstFrom(start)];
    return first !== undefined && first.place.start <= end;
  }

  /** Takes those that start between the offsets and were not taken before. */
  take(start: number, end: number, visit: (finding: Finding) => void): void {
    for (let index = this.#follow(this.#firstFrom(start)); ; index = this.#follow(index)) {
      const finding = this.#findings[index];
      if (finding === undefined || finding.place.start > end) return;
      visit(finding);
      this.#next[index] = index + 1;
    }
  }

  #firstFrom(start: number): number {
    let low = 0;
    let high = this.#findings.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#findings[middle] as Finding).place.start < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Halves the way for the next who goes it. */
  #follow(from: number): number {
    let index = from;
    while (this.#next[index] !== index) {
      const step = this.#next[index] as number;
      this.#next[index] = this.#next[step] as number;
      index = step;
    }
    return index;
  }
}
