/** Time, so that tests decide what it is. */
export interface Clock {
  now(): Date;
  /** Runs `task` once after this many milliseconds, unless the result is called before. */
  after(milliseconds: number, task: () => void): () => void;
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};
