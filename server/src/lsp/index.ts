/** The door of the language server. */
export { serve, startServer } from "./server.ts";
