import { DidChangeWatchedFilesNotification, FileChangeType, WatchKind } from "vscode-languageserver/node";
import { canonicalUri } from "#workspaceFiles";
import type { Collaborators } from "./collaborators.ts";
import { sendQuietly } from "./sendQuietly.ts";

/** Files that the analysis reads, those that say what git ignores, and deletions of anything: a deleted folder is one event without its files. */
const watchers = [
  { globPattern: "**/*.{yaml,yml,json,template,toml}" },
  { globPattern: "**/.gitignore" },
  { globPattern: "**/*", kind: WatchKind.Delete },
];

/** Follows changes on disk; asks the client to watch when it can be asked. */
export function registerWatchedFiles({
  connection,
  client,
  project,
  analyser,
  followUp,
  faults,
  ready,
}: Collaborators): void {
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    await ready;
    const byKind = (deleted: boolean) =>
      changes.filter(({ type }) => (type === FileChangeType.Deleted) === deleted).map(({ uri }) => canonicalUri(uri));
    const [gone, changed] = [byKind(true), byKind(false)];
    const concerned = project.deleted(gone);
    const many = project.changed(changed);
    if (many || changes.some(({ uri }) => uri.endsWith("/.gitignore"))) {
      await faults.watch("Searching the folders", project.search());
    } else if (!concerned && changed.length === 0) return;
    analyser.invalidate();
    followUp.schedule();
  });
  if (client.registersWatchers)
    sendQuietly(() => connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
}
