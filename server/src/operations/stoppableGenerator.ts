import type { Claim } from "#aws";
import type { LoadGenerator } from "./loadGenerator.ts";

/** A generator that is stopped once its function is claimed by somebody else: a kill takes it from the load test. */
export function stoppableGenerator(
  generator: LoadGenerator,
  claim: Pick<Claim, "isHeld">,
  stop: () => void,
): LoadGenerator {
  const look = async () => {
    if (!(await claim.isHeld())) stop();
  };
  return {
    async warmUp(options) {
      await look();
      return await generator.warmUp(options);
    },
    async run(shape, options) {
      await look();
      return await generator.run(shape, {
        ...options,
        onProgress(progress) {
          void look();
          options.onProgress(progress);
        },
      });
    },
  };
}
