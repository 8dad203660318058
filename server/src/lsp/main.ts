import { serve } from "./server.ts";

/** Entry of the server process: `--node-ipc` (VS Code), `--stdio`, `--socket=N` or `--pipe=NAME`. */
serve();
