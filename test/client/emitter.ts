import type { Event } from "vscode";

/** An event of a test, as VS Code's `EventEmitter` makes it, and how many listen. */
export interface TestEmitter<T> {
  readonly event: Event<T>;
  readonly fire: (value: T) => void;
  readonly listeners: () => number;
}

export function emitter<T>(): TestEmitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    event: (listener) => {
      const call = (value: T) => void listener(value);
      listeners.add(call);
      return { dispose: () => listeners.delete(call) };
    },
    fire: (value) => {
      for (const call of [...listeners]) call(value);
    },
    listeners: () => listeners.size,
  };
}
