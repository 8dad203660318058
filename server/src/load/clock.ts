/** Where the time of a run comes from. */
export interface LoadClock {
  /** Milliseconds from any beginning. */
  now(): number;
  /** Calls `task` once, after so many milliseconds. The function returned calls it off. */
  schedule(delay: number, task: () => void): () => void;
}

/** Node's timers fire up to this many milliseconds late; the rest of a delay is waited for turn by turn of the event loop. */
const TIMER_SLACK = 1.5;

/** The clock of this machine. Tasks start within a turn of the event loop of when they are due. */
export function wallClock(): LoadClock {
  const now = () => performance.now();
  return {
    now,
    schedule(delay, task) {
      const due = now() + delay;
      let timer: NodeJS.Timeout | undefined;
      let turn: NodeJS.Immediate | undefined;
      const look = () => {
        const left = due - now();
        if (left <= 0) task();
        else if (left > TIMER_SLACK + 1) timer = setTimeout(look, left - TIMER_SLACK);
        else turn = setImmediate(look);
      };
      if (delay > TIMER_SLACK + 1) timer = setTimeout(look, delay - TIMER_SLACK);
      else turn = setImmediate(look);
      return () => {
        clearTimeout(timer);
        clearImmediate(turn);
      };
    },
  };
}
