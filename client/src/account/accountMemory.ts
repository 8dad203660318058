import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ExtensionContext } from "vscode";
import type { AccountChoice } from "#aws";
import { isSnapshot } from "#core";
import type { AccountMemory } from "./accountPorts.ts";

/** Keys of what VS Code keeps for the extension. */
const everKey = "account.everConnected";
const choiceKey = "account.choice";

/** Remembers, by names only, what was chosen in this workspace, and in a file of the extension what was last read. */
export function accountMemory(
  context: Pick<ExtensionContext, "globalState" | "workspaceState" | "storageUri">,
): AccountMemory & { readonly lastChoice: () => AccountChoice | undefined } {
  const folder = context.storageUri?.fsPath;
  const file = folder === undefined ? undefined : path.join(folder, "lastSnapshot.json");
  return {
    get everConnected() {
      return context.globalState.get(everKey, false);
    },
    connected(choice) {
      if (!this.everConnected) void context.globalState.update(everKey, true);
      // An address may hold a password: it is not kept. A demo account is another one each time.
      if (choice.demo) return;
      const { profile, region } = choice;
      void context.workspaceState.update(choiceKey, { profile, region });
    },
    lastChoice() {
      const { profile, region } = context.workspaceState.get<AccountChoice>(choiceKey, {});
      if (profile === undefined && region === undefined) return undefined;
      return { ...(profile === undefined ? {} : { profile }), ...(region === undefined ? {} : { region }) };
    },
    async loadLast() {
      if (file === undefined) return undefined;
      try {
        const snapshot: unknown = JSON.parse(await readFile(file, "utf8"));
        return isSnapshot(snapshot) ? snapshot : undefined;
      } catch {
        // Not there, cut off or of another version: as good as never read.
        return undefined;
      }
    },
    async saveLast(snapshot) {
      if (file === undefined) return;
      const { writeAtomically } = await import("#aws");
      await writeAtomically(file, JSON.stringify(snapshot));
    },
  };
}
