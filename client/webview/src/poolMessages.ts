/** What the pool view is shown, and what it says back: plain data, shared by the webview and the extension. */
import type { Stretch } from "#core";

/** A function of the pool, or what is left over of them. */
export interface PictureSlice {
  readonly key: string;
  readonly name: string;
  /** What it takes, in words: `200`, `10 to 50`, `unknown`. */
  readonly claimed: string;
  /** The same as a number, where it is one. */
  readonly size?: number;
  readonly inside: Stretch;
  /** What does not fit on the plate. */
  readonly outside: Stretch;
  /** What it may take besides. */
  readonly perhaps: Stretch;
  /** Executions in use in the last complete minutes; absent when that is not known. */
  readonly use?: number;
  /** The largest reservation it can be given, in words. */
  readonly most: string;
  readonly granted?: string;
  readonly declared?: string;
  readonly inAws?: string;
  /** What a reservation was before the what-if, in words; present where it differs. */
  readonly was?: string;
  /** The value to start typing from; absent where no what-if can be asked. */
  readonly input?: number;
  readonly places: readonly Place[];
  /** Set where it is no function: what is claimed by nobody that is known. */
  readonly rest?: true;
}

/** Where a slice can lead to. */
export type Place = "tree" | "template" | "budget";

/** Something to know about the pool as it is drawn. */
export interface PictureFinding {
  readonly severity: "error" | "warning" | "info";
  readonly text: string;
}

/** A pool as a picture. */
export interface PoolPicture {
  readonly title: string;
  /** Account, Region, environment. */
  readonly place: string;
  /** Concurrent executions of the whole plate. */
  readonly limit: number;
  readonly verdict: "fits" | "over" | "depends";
  /** One line: the decisive numbers. */
  readonly summary: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Largest first. */
  readonly slices: readonly PictureSlice[];
  readonly free: Stretch;
  readonly floor: Stretch;
  readonly findings: readonly PictureFinding[];
  /** What can be done with a what-if; empty while nothing was typed. */
  readonly actions: readonly Action[];
}

/** A button. */
export interface Action {
  readonly id: ActionId;
  readonly label: string;
}

export type ActionId = "writeBudget" | "writeAndPlan" | "setInAws" | "discard" | "connect" | "createBudget" | "retry";

/** Something that can be drawn: the account, or a pool. */
export interface PictureSource {
  readonly id: string;
  readonly label: string;
}

/** What the extension tells the webview. */
export interface ToView {
  readonly sources: readonly PictureSource[];
  readonly chosen?: string;
  readonly shown:
    | { readonly kind: "picture"; readonly picture: PoolPicture }
    | { readonly kind: "message"; readonly error: boolean; readonly text: string; readonly actions: readonly Action[] };
}

/** What the webview tells the extension. */
export type FromView =
  | { readonly type: "ready" }
  | { readonly type: "choose"; readonly source: string }
  /** `value` null: as it is. */
  | { readonly type: "whatIf"; readonly key: string; readonly value: number | null }
  | { readonly type: "open"; readonly key: string; readonly place: Place }
  | { readonly type: "act"; readonly action: ActionId }
  /** `data`: text of an SVG, or a PNG in base64; a CSV is made by the extension. */
  | { readonly type: "export"; readonly format: "svg" | "png"; readonly data: string }
  | { readonly type: "export"; readonly format: "csv" };
