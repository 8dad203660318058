import type { Session } from "#aws";
import { askInput } from "../changes/askInput.ts";
import { UserError } from "../userError.ts";
import { withAbort } from "./withAbort.ts";

/** Asks for a tag and looks for the functions that have it. Undefined when the user cancels. */
export async function functionsWithTag(session: Session): Promise<readonly string[] | undefined> {
  const text = await askInput({
    title: "Switch off functions by tag",
    prompt: "KEY=VALUE, or KEY alone for any value. The tagging API may lag by some minutes.",
    placeholder: "team=payments",
    judge: (typed) =>
      typed.startsWith("=") ? { severity: "error", message: "Write the key before the “=”." } : undefined,
  });
  if (text === undefined) return undefined;
  const at = text.indexOf("=");
  const tag = at < 0 ? { key: text } : { key: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
  const { functionsByTag } = await import("#aws");
  const names = await withAbort(`Looking for functions tagged ${text}`, (signal) =>
    functionsByTag(session, tag, signal),
  );
  if (names?.length === 0) throw new UserError(`No function has the tag ${text}. Nothing was changed.`);
  return names;
}
