import type { FixData } from "../fixData.ts";
import type { Place, Related } from "../model.ts";
import type { TemplateUse } from "./ruleContext.ts";

/** Something that is not decided, where it stands. */
export interface Cause {
  readonly use: TemplateUse;
  readonly place: Place;
  /** The function that the text goes on about. */
  readonly who?: string;
  /** The sentence without `who` and consequences. */
  readonly text: string;
  /** What it means for the pool; starts with a blank, or empty. Left out when it differs between the uses of a file. */
  readonly consequence: string;
  readonly related: readonly Related[];
  readonly data?: FixData;
}
