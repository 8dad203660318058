/** Says that something has changed, but not too often. */
export interface Progress {
  /** Shows the state now if it was not shown lately, else a little later. */
  changed(): void;
  /** Shows the state now. */
  show(): void;
  /** Nothing is shown any more. */
  end(): void;
}

/** Calls `show` at most every `every` milliseconds, with the last state always among what is shown. */
export function createProgress(show: () => void, every = 200): Progress {
  let last = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const showNow = () => {
    end();
    last = performance.now();
    show();
  };
  return {
    changed() {
      if (timer !== undefined) return;
      const wait = last + every - performance.now();
      if (wait <= 0) showNow();
      else timer = setTimeout(showNow, wait);
    },
    show: showNow,
    end,
  };
}
