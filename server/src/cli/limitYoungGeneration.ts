import { setV8Flag } from "#v8Flag";

/**
 * Keeps V8 from enlarging its space for new objects: over many templates nearly all of them are soon garbage, and collecting them more
 * often costs no measurable time, but saves up to half of the peak memory.
 */
export function limitYoungGeneration(): void {
  setV8Flag("--semi-space-growth-factor=1");
}
