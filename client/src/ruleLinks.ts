import { Uri } from "vscode";
import { isRuleId, ruleDocumentation, rulesDocumentation } from "#core";
import { commands } from "./ids.ts";

const prefix = `${rulesDocumentation}#`;

/** A link that opens the documentation that ships with the extension: the page of this version, also without a network. */
export function ruleLink(rule: string): Uri {
  return Uri.parse(`command:${commands.openRuleDocumentation}?${encodeURIComponent(JSON.stringify([rule]))}`);
}

/** The rule that such a link names. */
function linkedRule({ scheme, path, query }: Uri): string | undefined {
  if (scheme !== "command" || path !== commands.openRuleDocumentation) return undefined;
  const [rule]: unknown[] = JSON.parse(query);
  return typeof rule === "string" ? rule : undefined;
}

/** How the language client turns the server's addresses into the editor's and back: those of rules become commands. */
export const ruleUriConverters = {
  protocol2Code(address: string): Uri {
    return address.startsWith(prefix) ? ruleLink(address.slice(prefix.length)) : Uri.parse(address);
  },
  code2Protocol(uri: Uri): string {
    const rule = linkedRule(uri);
    return rule !== undefined && isRuleId(rule) ? ruleDocumentation(rule) : uri.toString();
  },
};
