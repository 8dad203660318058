declare module "autocannon" {
  interface Result {
    /** Answers with a status of 2xx. */
    readonly "2xx": number;
    /** Seconds. */
    readonly duration: number;
    /** Milliseconds. */
    readonly latency: { readonly p50: number; readonly p99: number };
  }
  /** `duration`: seconds. */
  export default function autocannon(options: {
    readonly url: string;
    readonly connections: number;
    readonly duration: number;
  }): Promise<Result>;
}
