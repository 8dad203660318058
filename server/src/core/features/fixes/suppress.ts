import type { Finding } from "../../model.ts";
import type { SourceFile } from "../../sources.ts";
import type { Edit } from "../edge.ts";
import { indentOf, lineEnding, lineStart } from "../yamlText.ts";
import { type FixMaker, fix } from "./fix.ts";
import { isJson } from "./insertPair.ts";

/** Says above the finding that it is meant; the reason is left for the user to write. */
export const suppress: FixMaker = ({ finding, file }) => {
  if (finding.rule === "unused-suppression" || finding.rule === "budget-invalid") return [];
  const edit = isJson(file) ? undefined : commentEdit(file, finding);
  return fix(`Ignore ${finding.rule} here`, [edit]);
};

function commentEdit(file: SourceFile, finding: Finding): Edit {
  const start = lineStart(file.text, finding.place.start);
  const indent = indentOf(file.text, start);
  const text = `${indent}# lambda-concurrency-ignore ${finding.rule}: reason${lineEnding(file.text)}`;
  return { uri: file.uri, start, end: start, text };
}

/** Removes a suppression that suppresses nothing, with its line when nothing else stands there. */
export const removeSuppression: FixMaker = ({ finding, file }) => {
  const { text } = file;
  const comment = file.tree.comments.find(
    (each) => each.start <= finding.place.start && finding.place.start < each.end,
  );
  if (!comment) return [];
  const from = lineStart(text, comment.start);
  const before = text.slice(from, comment.start);
  const lineBreak = /^\r?\n/.exec(text.slice(comment.end, comment.end + 2))?.[0].length ?? 0;
  const edit =
    before.trim() === ""
      ? { uri: file.uri, start: from, end: comment.end + lineBreak, text: "" }
      : { uri: file.uri, start: from + before.trimEnd().length, end: comment.end, text: "" };
  return fix("Remove the unused suppression", [edit], true);
};
