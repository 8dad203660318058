/** Tasks that run in the order of their rank, equals in the order in which they came. */
export interface RankedQueue {
  /** Resolves when the task has run. Rank 0 comes first. */
  add(rank: number, name: string, task: () => Promise<void>): Promise<void>;
  /** Gives what waits and fits the first rank. */
  promote(isFirst: (name: string) => boolean): void;
}

interface Waiting {
  readonly name: string;
  readonly start: () => void;
}

/** A queue that runs so many at a time. */
export function createRankedQueue(places: number, ranks: number): RankedQueue {
  const waiting: Waiting[][] = Array.from({ length: ranks }, () => []);
  // Shifting a long array is slow: each list is read from here on.
  const next: number[] = waiting.map(() => 0);
  let free = places;

  const pick = (): Waiting | undefined => {
    for (const [rank, list] of waiting.entries()) {
      const found = list[next[rank] ?? 0];
      if (found === undefined) continue;
      next[rank] = (next[rank] ?? 0) + 1;
      return found;
    }
    return undefined;
  };
  const leave = () => {
    const found = pick();
    if (found === undefined) free++;
    else found.start();
  };
  return {
    add(rank, name, task) {
      return new Promise<void>((resolve, reject) => {
        const start = () => void task().then(resolve, reject).finally(leave);
        if (free > 0) {
          free--;
          start();
        } else waiting[Math.min(rank, ranks - 1)]?.push({ name, start });
      });
    },
    promote(isFirst) {
      for (let rank = 1; rank < ranks; rank++) {
        const left = waiting[rank]?.slice(next[rank]) ?? [];
        waiting[0]?.push(...left.filter(({ name }) => isFirst(name)));
        waiting[rank] = left.filter(({ name }) => !isFirst(name));
        next[rank] = 0;
      }
    },
  };
}
