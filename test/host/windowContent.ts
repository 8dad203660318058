import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";

/** What a person would read first in a window, by the place where it stands. */
const places: Readonly<Record<string, string>> = {
  Message: ".monaco-dialog-box",
  "Quick input": ".quick-input-title:visible, .quick-input-message:visible, .quick-input-list .monaco-list-row:visible",
  Notifications: ".notification-list-item-message",
  Editors: ".tab .monaco-icon-label",
  "Status bar": ".statusbar-item:visible",
  "Side bar": ".part.sidebar .monaco-list-row",
};

/** What a window shows, as text with a picture's path below: for the report of a check that failed. Never throws. */
export async function windowContent(page: Page, name: string): Promise<string> {
  const lines: string[] = [];
  for (const [place, selector] of Object.entries(places)) {
    const texts = await page
      .locator(selector)
      .allInnerTexts()
      .catch(() => []);
    const shown = texts.map((text) => text.replaceAll(/\s+/g, " ").trim()).filter((text) => text !== "");
    if (shown.length > 0) lines.push(`${place}: ${shown.join(" | ")}`);
  }
  const picture = path.join(tmpdir(), `host-${name.replaceAll(/\W+/g, "-").slice(0, 60)}.png`);
  const taken = await page.screenshot({ path: picture }).then(
    () => true,
    () => false,
  );
  if (taken) lines.push(`Picture: ${picture}`);
  return lines.join("\n");
}
