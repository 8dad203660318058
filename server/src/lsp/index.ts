/** The door of the language server. */
export { serve, startServer } from "./server.ts";
export { setV8Flag } from "./v8Flag.ts";
