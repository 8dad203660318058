import type { Analysis } from "../analysis.ts";
import type { Uri } from "../model.ts";
import type { Sources } from "../sources.ts";

/** What a language feature may look at: the parsed files, the last analysis, and what the editor can do. */
export interface FeatureContext {
  readonly sources: Sources;
  /** The latest analysis. It may know nothing of the file at hand: features then answer from the text alone. */
  readonly analysis: Analysis;
  readonly options: FeatureOptions;
}

/** What the editor can do and wants. Everything is optional. */
export interface FeatureOptions {
  /** Version of an open document, `null` for a file on disk: edits carry it, so that a stale one is refused. */
  readonly versionOf?: (uri: Uri) => number | null;
  /** False when the client only understands `WorkspaceEdit.changes`. Default true. */
  readonly documentChanges?: boolean;
  /** Command that shows places, called with `(uri, position, locations)`; lenses are plain text without it. */
  readonly showPlacesCommand?: string;
  /** The account does not answer any more: what was read of it is no longer called live. */
  readonly outdated?: boolean;
  /** Command that sets a reservation, called with `(functionArn, reservation)`; without it no lens offers that. */
  readonly setReservationCommand?: string;
  /** A command that throws load at a function, called with its ARN. */
  readonly throwLoadCommand?: string;
}
