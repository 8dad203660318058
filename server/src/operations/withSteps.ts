import { type ApplyOptions, type ApplyReport, learnedFloors } from "#aws";
import { many, stepText } from "#core";
import type { Operation } from "./operation.ts";

/** Runs something that makes calls one by one, with how far it is, and keeps a floor that Lambda names. */
export async function withSteps(
  { state, ui }: Pick<Operation<never, never>, "state" | "ui">,
  title: string,
  work: (options: ApplyOptions) => Promise<ApplyReport>,
): Promise<ApplyReport> {
  const { folder, retryPolicy, now } = state;
  return await ui.progress(title, ({ signal, say, advance }) =>
    work({
      folder,
      signal,
      learnedFloors: learnedFloors(folder),
      ...(retryPolicy !== undefined && { retryPolicy }),
      ...(now !== undefined && { now }),
      onProgress: ({ index, total, step, result }) => {
        if (result === undefined) say(`Step ${index + 1} of ${many(total, "step")}, ${stepText(step)}`);
        else advance(total);
      },
    }),
  );
}
