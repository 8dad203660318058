import type { Uri } from "../model.ts";
import type { ReadConfig } from "./readConfig.ts";

/** A samconfig that a template's parameters can come from. */
export interface FoundSamconfig {
  readonly config: ReadConfig;
  /** Folders beside its own that its `template_file` can be relative to: where SAM CLI would be run with `--config-file`. */
  readonly elsewhere: readonly Uri[];
  /** `beside` needs no `template_file`; `given` is `--config-file`. */
  readonly where: "beside" | "farther" | "given";
  /** What it is called from the template's folder: `samconfig.toml`, `../samconfig.toml`. */
  readonly label: string;
}

/** A template that samconfigs may name. */
export interface Target {
  readonly uri: Uri;
  /** The folder that its samconfig is beside: of what `sam build` writes, the one that was built in. */
  readonly home: Uri;
  /** Its own URI, and where `sam build` in its folder puts its copy. */
  readonly spellings: readonly Uri[];
}
