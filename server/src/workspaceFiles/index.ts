/** The entry point of the module that knows the disk: shared by the language server and the command line. */
export { MAX_FILE_BYTES, MAX_FILES } from "./bounds.ts";
export { type Candidate, inspect, isCandidateName, isWalked } from "./candidates.ts";
export { nearbyEnvironments } from "./nearbyEnvironments.ts";
export { type NodeFiles, nodeFiles } from "./nodeFiles.ts";
export { isInside, repositoryRoot } from "./roots.ts";
export { canonicalUri, toPath, toUri } from "./uris.ts";
export { type Walked, type WalkOptions, walk } from "./walk.ts";
