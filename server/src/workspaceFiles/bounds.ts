/** Larger files are not read. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** A folder walk looks at no more files than this and says when it cut. */
export const MAX_FILES = 5000;

/** A folder walk enters no more folders than this and says when it cut. */
export const MAX_FOLDERS = 50_000;

/** Folders of other people's code, build output and version control: only read when they are named or a budget lists them. */
const skippedFolders: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  "node_modules",
  ".aws-sam",
  ".venv",
  "venv",
  "__pycache__",
  "cdk.out",
  ".serverless",
]);

/** Build output that holds templates which are deployed: whoever searches a folder without it wants to know. */
const builtTemplates: ReadonlySet<string> = new Set(["cdk.out", ".serverless"]);

/** Does a folder of this name hold the templates that a build deploys? */
export function isBuildOutput(name: string): boolean {
  return builtTemplates.has(name);
}

/** Is this folder left out of walks because of its name? Virtual environments of other names are known by their `pyvenv.cfg`. */
export function isSkippedFolder(name: string): boolean {
  return skippedFolders.has(name);
}
