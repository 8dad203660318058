import type { ListedKill } from "#aws";
import type { LiveFunction } from "#core";
import type { PoolRow, PoolView } from "#protocol";

/** A codicon, and the theme colour it is drawn in. */
export interface NodeIcon {
  readonly id: string;
  readonly color?: string;
}

/** What a node stands for: what commands on it work with. */
export type NodeSubject =
  | { readonly kind: "function"; readonly fn: LiveFunction }
  | { readonly kind: "row"; readonly row: PoolRow; readonly pool: PoolView }
  | { readonly kind: "pool"; readonly pool: PoolView }
  | { readonly kind: "kill"; readonly kill: ListedKill }
  | { readonly kind: "allocation"; readonly key: string; readonly name: string };

/** One row of a tree view, without an editor: plain data, and a tooltip that is made when somebody asks for it. */
export interface ViewNode {
  /** Unique in its view, and the same after a refresh. */
  readonly id: string;
  readonly label: string;
  /** Parts of the label that the filter matched: start and end. */
  readonly highlights?: readonly (readonly [number, number])[];
  readonly description?: string;
  readonly icon?: NodeIcon;
  /** Words of capability, joined by dots, that menus ask for. */
  readonly context: string;
  /** What a screen reader says: label and description without drawings. */
  readonly spoken: string;
  /** Absent: a leaf. */
  readonly children?: readonly ViewNode[];
  /** Expanded until the user says otherwise. */
  readonly open?: boolean;
  /** A command to be run on a click. */
  readonly command?: { readonly id: string; readonly title: string; readonly arguments?: readonly unknown[] };
  /** Markdown. */
  readonly tooltip?: (now: Date) => string;
  /** Changes when the tooltip says something else although nothing else has changed. */
  readonly stamp?: string;
  readonly subject?: NodeSubject;
}
