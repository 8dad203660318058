import type { LoadProgress, LoadRun, WarmUp } from "./loadRun.ts";
import type { LoadShape } from "./loadShape.ts";

/** A signed request as JSON. */
export interface RequestMessage {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body?: string;
}

/** What the process that generates load for an editor is sent, a line of JSON each. */
export type ToGenerator =
  | {
      readonly kind: "target";
      /** What it is called in reports. */
      readonly name: string;
      /** Milliseconds until a request is given up. */
      readonly timeout: number;
      readonly proxy?: string;
      readonly ca?: readonly string[];
      readonly request: RequestMessage;
    }
  /** The request to send from now on: signatures expire. */
  | { readonly kind: "request"; readonly request: RequestMessage }
  | { readonly kind: "warmUp" }
  | { readonly kind: "run"; readonly shape: LoadShape }
  /** Ends what is under way; its result follows. */
  | { readonly kind: "stop" };

/** A run without its requests. */
export type RunMessage = Omit<LoadRun, "samples">;

/** What it answers, a line of JSON each. */
export type FromGenerator =
  | { readonly kind: "progress"; readonly progress: LoadProgress }
  | { readonly kind: "warmedUp"; readonly broken: WarmUp["broken"]; readonly run: RunMessage }
  | { readonly kind: "ran"; readonly run: RunMessage };
