/** The entry point of the language server. */
export { serve, startServer } from "./server.ts";
