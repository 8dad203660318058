import type { DocumentSelector, TextDocument } from "vscode";
import { languages } from "vscode";
import { hasNearBudgetName } from "#core";
import { budgetLanguage } from "./ids.ts";
import { looksLikeTemplate } from "./templateText.ts";

/** Folders that no search for budget files enters. */
export const skippedFolders = "**/{node_modules,.git,.aws-sam,cdk.out,.serverless}/**";

/** Names of budget files, as a glob. */
export const budgetFiles = "**/{concurrency-budget,*.concurrency-budget}.{yaml,yml}";

/**
 * Documents that are sent to the server, which decides by content what they are. Wide on purpose: a template may be
 * called anything and have any language id, and samconfig files decide what a template says.
 */
export const servedDocuments = [
  ...["yaml", "json", "jsonc", "plaintext", budgetLanguage].map((language) => ({ scheme: "file", language })),
  { scheme: "file", pattern: "**/*.{template,yaml,yml,json,toml}" },
  { scheme: "untitled" },
] as const satisfies DocumentSelector;

/** Whether an open document is a reason to start the server. */
export function needsServer(document: TextDocument): boolean {
  if (languages.match(servedDocuments, document) === 0) return false;
  if (document.languageId === budgetLanguage || hasNearBudgetName(document.uri.path)) return true;
  return looksLikeTemplate(document.getText());
}
