import type { LoadProgress, LoadRun, LoadShape, WarmUp } from "#core";

/** Sends load to one target. A port: the editor runs the generator in a process of its own. */
export interface LoadGenerator {
  /** A few requests, to see whether the target works at all. */
  warmUp(options: { readonly signal: AbortSignal }): Promise<WarmUp>;
  run(
    shape: LoadShape,
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: LoadProgress) => void },
  ): Promise<LoadRun>;
}
