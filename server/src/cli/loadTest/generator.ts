import type { LoadTarget } from "#load";
import type { LoadGenerator } from "#operations";
import { loadModule } from "./loadModule.ts";

/** A generator in this process, for one target. */
export async function generatorFor(target: LoadTarget, timeout: number): Promise<LoadGenerator> {
  const { runLoad, warmUp } = await loadModule();
  return {
    warmUp: ({ signal }) => warmUp(target, { signal, timeout }),
    run: (shape, options) => runLoad(target, shape, { ...options, timeout }),
  };
}
