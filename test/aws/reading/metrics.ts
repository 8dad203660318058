import type { DemoServer } from "#demo";

const MINUTE = 60_000;

/** Puts a value of a metric into the demo account, so many minutes before a moment; without a function, of the whole Region. */
export function measure(
  demo: DemoServer,
  metric: string,
  value: number,
  { before, minutes, name }: { readonly before: number; readonly minutes: number; readonly name?: string },
): void {
  const { metrics } = demo.account.region("us-east-1");
  metrics.add(metric, name === undefined ? {} : { FunctionName: name }, before - minutes * MINUTE, value);
}
