import type { AccountIdentity, AccountSnapshot } from "#core";
import type { PoolFacts } from "../pools/poolFacts.ts";

/** What every node of the account tree is made with. */
export interface TreeContext {
  /** Of the account, Region and endpoint: the beginning of every id. */
  readonly key: string;
  readonly identity: AccountIdentity;
  readonly snapshot: AccountSnapshot;
  readonly facts: PoolFacts;
  /** When the tree is made: ages are told from here. */
  readonly now: Date;
  /** Words of the filter, in small letters. */
  readonly terms: readonly string[];
  /** The account can be asked: more may be read, and things may be changed. */
  readonly connected: boolean;
  /** A reading is under way: what is not known may come yet. */
  readonly reading: boolean;
  /** There is a web console for this account. */
  readonly console: boolean;
}
