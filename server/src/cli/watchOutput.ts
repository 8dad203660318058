import type { Io, Output } from "./io.ts";

/** A stream that nothing is thrown for: a full disk or a reader that left ends no command in the middle of its work. */
export interface WatchedOutput extends Output, Pick<Io, "printed"> {
  /** Did whoever read it stop reading? */
  closed(): boolean;
}

/** Writes to a stream of the process and remembers the first failure. */
export function watchOutput(stream: NodeJS.WritableStream): WatchedOutput {
  let failure: NodeJS.ErrnoException | undefined;
  let last = Promise.resolve();
  const remember = (error: NodeJS.ErrnoException | null | undefined) => {
    if (error) failure ??= error;
  };
  stream.on("error", remember);
  return {
    write(text) {
      last = new Promise((resolve) => {
        stream.write(text, (error) => {
          remember(error);
          resolve();
        });
      });
    },
    async printed() {
      await last;
      return failure && (failure.code ?? failure.message);
    },
    closed: () => failure?.code === "EPIPE",
  };
}
