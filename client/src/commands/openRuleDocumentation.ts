import { commands, window } from "vscode";
import { isRuleId, rules } from "#core";
import type { CommandContext } from "./commandContext.ts";

/** Shows the documentation that ships with the extension, at a rule's section. Without a rule it asks for one. */
export async function openRuleDocumentation(
  context: Pick<CommandContext, "extensionFile">,
  rule: unknown,
): Promise<void> {
  const id = typeof rule === "string" ? rule : await pickRule();
  if (id === undefined || !isRuleId(id)) return;
  await commands.executeCommand("markdown.showPreview", context.extensionFile("docs/rules.md").with({ fragment: id }));
}

async function pickRule(): Promise<string | undefined> {
  const items = Object.entries(rules).map(([label, { severity, summary }]) => ({
    label,
    description: severity,
    detail: summary,
  }));
  const picked = await window.showQuickPick(items, { placeHolder: "Rule", matchOnDetail: true });
  return picked?.label;
}
