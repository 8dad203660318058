import { serve } from "#lsp";
import { setV8Flag } from "#v8Flag";

// The engine then learns from a function's first call what to compile it for: the first edits in a large template take half the time.
setV8Flag("--no-lazy-feedback-allocation");

/** Entry of the server process: `--node-ipc` (VS Code), `--stdio`, `--socket=N` or `--pipe=NAME`. */
serve();
