/** What Ctrl+C does. */
export interface Interrupts {
  /** As `Io.onInterrupt`. */
  onInterrupt(listener: () => void): () => void;
}

/** Where the signal of Ctrl+C comes from: the process. */
export interface SignalSource {
  on(signal: "SIGINT", handler: () => void): unknown;
  off(signal: "SIGINT", handler: () => void): unknown;
}

/**
 * Listens for the signal only while somebody wants to know; the listener gets one chance. At any other time the operating system
 * ends the process, also in the middle of work that never comes back to the event loop.
 */
export function createInterrupts(source: SignalSource): Interrupts {
  const listeners = new Set<() => void>();
  const interrupt = () => {
    source.off("SIGINT", interrupt);
    const once = [...listeners];
    listeners.clear();
    for (const listener of once) listener();
  };
  return {
    onInterrupt(listener) {
      if (listeners.size === 0) source.on("SIGINT", interrupt);
      listeners.add(listener);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) source.off("SIGINT", interrupt);
      };
    },
  };
}
