import type { AccountChoice } from "#aws";
import type { Clock } from "../clock.ts";

/** A connection or reading that is under way. */
export interface Task {
  readonly choice: AccountChoice;
  readonly abort: AbortController;
  /** By the clock: nobody waits for it. */
  readonly quiet: boolean;
  /** Resolves when it has ended, however it did. */
  done: Promise<void>;
}

/** The one task that counts: the next one takes its place, and what an earlier one still finds out is nobody's any more. */
export class CurrentTask {
  #task: Task | undefined;

  get task(): Task | undefined {
    return this.#task;
  }

  /** Begins a task in place of any other. Its promise never rejects; `ended` is called only if it still counts. */
  begin(
    { choice, quiet }: Pick<Task, "choice" | "quiet">,
    work: (task: Task) => Promise<void>,
    { failed, ended }: { readonly failed: (error: unknown) => void; readonly ended: () => void },
  ): Promise<void> {
    const task: Task = { choice, quiet, abort: new AbortController(), done: Promise.resolve() };
    this.#task = task;
    task.done = work(task)
      .catch(failed)
      .finally(() => {
        if (this.#task !== task) return;
        this.#task = undefined;
        ended();
      });
    return task.done;
  }

  /** Ends the task; it no longer counts. */
  drop(): void {
    this.#task?.abort.abort();
    this.#task = undefined;
  }
}

/** Resolves when a promise does, or after so many milliseconds. */
export async function waitAtMost(clock: Clock, milliseconds: number, promise: Promise<void>): Promise<void> {
  let stop = () => {};
  const enough = new Promise<void>((resolve) => {
    stop = clock.after(milliseconds, resolve);
  });
  await Promise.race([promise, enough]);
  stop();
}
