import { type AnalysisOptions, type Uri, Workspace } from "#core";
import { nodeFiles } from "#workspaceFiles";
import { checkGivenFiles, givenPaths } from "../givenFiles.ts";
import type { Inputs } from "../inputs.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";

/** A workspace over the disk, bounded by what was named and the current folder. Throws a `UsageError` for a parameter file or samconfig that cannot be read. */
export function openWorkspace(inputs: Pick<Inputs, "roots">, options: Options, io: Io): Workspace {
  const roots = [...inputs.roots, ...givenPaths(options, io)];
  const workspace = new Workspace(nodeFiles(roots, undefined, io.cwd));
  checkGivenFiles(options, workspace, io);
  return workspace;
}

/** Milliseconds of work after which a signal gets its chance. */
const SLICE_MS = 20;

/** Works out what the templates claim one by one, with pauses in which a signal gets through. */
export async function prepareTemplates(
  candidates: readonly Uri[],
  workspace: Workspace,
  options: AnalysisOptions,
  io: Io,
): Promise<void> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (const uri of candidates) {
    prepare(uri, workspace, options);
    if (performance.now() < sliceEnd) continue;
    await io.pause();
    sliceEnd = performance.now() + SLICE_MS;
  }
}

function prepare(uri: Uri, workspace: Workspace, options: AnalysisOptions): void {
  try {
    const file = workspace.get(uri);
    if ("kind" in file && file.kind !== "other") workspace.standalone(uri, options);
  } catch {
    // The analysis meets it again and says it of this file alone.
  }
}
