/** What Ctrl+C does. */
export interface Interrupts {
  /** As `Io.onInterrupt`. */
  onInterrupt(listener: () => void): () => void;
  /** To be called for each signal. */
  interrupt(): void;
}

/** Ends the process by `exit`, unless somebody listens; the listener gets one chance. */
export function createInterrupts(exit: () => void): Interrupts {
  const listeners = new Set<() => void>();
  return {
    onInterrupt(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    interrupt() {
      if (listeners.size === 0) return exit();
      const once = [...listeners];
      listeners.clear();
      for (const listener of once) listener();
    },
  };
}
