/** Milliseconds between two looks at what cannot announce itself. */
const interval = 100;

/** Repeats a check until it holds, and returns its value; when the time is over, fails with what the check said last. */
export async function until<T>(what: string, check: () => T | Promise<T>, seconds = 30): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      const last = error instanceof Error ? error.message : String(error);
      if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}\n${last}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
