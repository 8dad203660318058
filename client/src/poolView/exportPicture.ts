import { Uri, window, workspace } from "vscode";
import type { FromView, PoolPicture } from "#webview/poolMessages.ts";
import { pictureCsv } from "./pictureCsv.ts";

type Export = Extract<FromView, { type: "export" }>;

const kinds = { png: "PNG picture", svg: "SVG picture", csv: "CSV table" } as const;

/** Saves the picture, or the table behind it, where the user says. */
export async function exportPicture(picture: PoolPicture, message: Export): Promise<void> {
  const { format } = message;
  const name = `${picture.title.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")}.${format}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const file = await window.showSaveDialog({
    filters: { [kinds[format]]: [format] },
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
  });
  if (file === undefined) return;
  const content =
    message.format === "csv"
      ? Buffer.from(pictureCsv(picture))
      : Buffer.from(message.data, message.format === "png" ? "base64" : "utf8");
  await workspace.fs.writeFile(file, content);
}
