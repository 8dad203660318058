/** How something that AWS refuses is mended in the template. */
export interface Mend {
  readonly how: "add-alias" | "never-accepted" | "nest" | "move";
  /** Offset of the refused value as written, in the finding's file. */
  readonly at?: number;
  /** The property of the resource around it. */
  readonly property?: string;
  /** The keys that take its place, one below the other. */
  readonly into?: readonly [string, string];
  /** The key beside it whose mapping it belongs into. */
  readonly under?: string;
}

/** What a finding tells its quick fixes; JSON-safe, travels in `Diagnostic.data`. */
export interface FixData {
  /** Logical id of the function concerned. */
  readonly logicalId?: string;
  /** Key for the budget: `stack/LogicalId`, `stack/Child/LogicalId`, or the FunctionName. */
  readonly budgetKey?: string;
  /** The reservation as declared. */
  readonly reserved?: number;
  /** The largest reservation that fits now (the function's headroom). */
  readonly fits?: number;
  /** The reservation that the account has. */
  readonly live?: number;
  /** What the budget grants. */
  readonly granted?: number;
  /** The budget file and the index of its document (pool), where an entry can be added or raised. */
  readonly budget?: { readonly uri: string; readonly pool: number };
  /** A grant that would still keep the floor if raised to this. */
  readonly raisableTo?: number;
  /** How the refused property is mended. */
  readonly mend?: Mend;
  /** Properties one of which has to go: where their keys stand, in the finding's file. */
  readonly remove?: readonly { readonly property: string; readonly at: number }[];
  /** A ready-made replacement for the finding's range, e.g. the quoted account id. */
  readonly replacement?: { readonly title: string; readonly text: string };
}
