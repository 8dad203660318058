import { validation } from "../serviceError.ts";
import type { Call, Reply } from "../wire/call.ts";
import { findFunction, functionName } from "./names.ts";

/** `DeleteAlias`: its provisioned concurrency goes with it. Succeeds also where there is none. */
export function deleteAlias(call: Call): Reply {
  const subject = findFunction(call, functionName(call).name);
  const name = call.path.Name ?? "";
  if (!/^(?!\d+$)[\w-]{1,128}$/.test(name))
    throw validation(name, "name", "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");
  subject.aliases = subject.aliases.filter((alias) => alias.name !== name);
  subject.provisioned = subject.provisioned.filter(({ qualifier }) => qualifier !== name);
  call.changed();
  return { status: 204 };
}
