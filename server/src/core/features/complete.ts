import type { CompletionItem, Position } from "vscode-languageserver-types";
import type { Uri } from "../model.ts";
import { rules } from "../ruleTable.ts";
import type { SourceFile } from "../sources.ts";
import { completeBudget } from "./completeBudget.ts";
import { completeTemplate } from "./completeTemplate.ts";
import { asItem, type Choice, type Cursor, cursorAt } from "./completion.ts";
import type { FeatureContext } from "./context.ts";
import { fileOf, openEdge } from "./edge.ts";

/**
 * Keys, names and numbers for budget files; for templates only numbers that fit behind concurrency properties, because other
 * extensions complete the rest. In both, rule ids behind `lambda-concurrency-ignore`.
 */
export function complete(context: FeatureContext, uri: Uri, position: Position): CompletionItem[] {
  const file = fileOf(context, uri);
  if (!file) return [];
  const edge = openEdge(context);
  const cursor = cursorAt(file, edge.offset(file, position));
  const range = edge.range(file, cursor.word);
  const typed = file.text.slice(cursor.word.start, cursor.word.end);
  return choicesAt(context, file, cursor).map((choice, index) => asItem(choice, index, range, typed));
}

function choicesAt(context: FeatureContext, file: SourceFile, cursor: Cursor): readonly Choice[] {
  if (cursor.comment !== undefined) return inComment(cursor.comment);
  return file.kind === "budget" ? completeBudget(context, file, cursor) : completeTemplate(context, file, cursor);
}

const IGNORE = "lambda-concurrency-ignore";

function inComment(before: string): readonly Choice[] {
  if (/lambda-concurrency-ignore\s+[\w-]*$/.test(before)) {
    return Object.entries(rules).map(([id, rule]) => ({
      label: id,
      text: id,
      kind: "rule",
      detail: rule.summary,
      documentation: rule.help,
    }));
  }
  const word = /^(?:#+|\/\/)\s*([\w-]+)$/.exec(before)?.[1];
  if (word === undefined || !IGNORE.startsWith(word)) return [];
  return [
    { label: IGNORE, text: `${IGNORE} `, kind: "rule", detail: "Says that a finding is meant, with the reason." },
  ];
}
