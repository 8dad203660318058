import type { Memento } from "vscode";
import type { LanguageServer } from "../languageServer.ts";
import { knownEnvironments, statedFloor } from "../pools/knownPools.ts";
import { changesFolder } from "./changesFolder.ts";
import type { Editor } from "./editor.ts";
import { permissionIn, productionAccounts } from "./permission.ts";
import type { ReadonlyDocuments } from "./readonlyDocuments.ts";
import { vscodeWindow } from "./vscodeWindow.ts";

/** What the real editor is made of. */
export interface EditorParts {
  readonly server: LanguageServer;
  /** `ExtensionContext.globalState`: which accounts the user has allowed to be changed. */
  readonly memory: Memento;
  readonly documents: ReadonlyDocuments;
}

/** This window of VS Code, with what its language server and settings say. */
export function vscodeEditor({ server, memory, documents }: EditorParts): Editor {
  return {
    window: vscodeWindow(documents),
    permission: permissionIn(memory),
    stateFolder: changesFolder,
    async production(folder, identity) {
      const { productionReason } = await import("#aws");
      return await productionReason(folder, identity, await knownEnvironments(server), productionAccounts());
    },
    statedFloor: () => statedFloor(server),
  };
}
