import type { KillPreview } from "#aws";
import { type KillOrder, keepsReason, many, mappingName, momentText, namesText, num, qualifierText } from "#core";
import { fitting, linesOf } from "./fitting.ts";
import type { Confirmation } from "./ui.ts";

/** A message that is higher than the window is cut: what takes more lines than this is left to the preview. */
const mostLines = 16;
const mostForChanges = 6;

/** What is asked before functions are switched off: what is lost comes first. The preview beside it has the rest. */
export function killConfirmation(
  preview: KillPreview,
  order: KillOrder,
  now: Date,
): Omit<Confirmation, "identity" | "production" | "others"> {
  const { functions } = preview;
  const wanted = functions.filter((each) => each.kind === "kill");
  const refused = functions.filter((each) => each.kind === "refused");
  const names = wanted.map(({ name }) => name);
  const changes = wanted.map(({ name, reserved, killedTo, before, mappings }) =>
    [
      reserved === killedTo
        ? `${name}: stays at ${killedTo}`
        : `${name}: ${reserved === null ? "no reservation" : num(reserved)} → ${killedTo}`,
      ...before.provisioned.map(
        ({ qualifier, requested }) => `provisioned ${num(requested)} on ${qualifierText(qualifier)} deleted`,
      ),
      ...before.targets.map(({ qualifier }) => `auto scaling of ${qualifierText(qualifier)} suspended`),
      ...mappings.filter(({ disable }) => disable).map((mapping) => `${mappingName(mapping)} disabled`),
    ].join(", "),
  );
  const shownChanges = fitting(
    changes,
    mostForChanges,
    (shown) => `and ${num(changes.length - shown)} more in the preview`,
  );
  const leftAlone =
    refused.length === 0 ? [] : [`Left alone: ${namesText(refused.map(({ name }) => name))}. The preview says why.`];
  const onlyHere = wanted.filter((each) => each.onlyHere !== undefined).map(({ name }) => name);
  const reminder = order.until === undefined ? "none" : momentText(order.until, now);
  const closing = [
    ...(onlyHere.length === 0 ? [] : [`Only this machine can restore ${namesText(onlyHere)}.`]),
    ...leftAlone,
    keepsReason(functions)
      ? "Reason and reminder of the earlier kill stay; nothing is restored by itself."
      : `Reason: ${shortened(order.reason)}. Reminder: ${reminder}; nothing is restored by itself.`,
  ];
  const taken = [...shownChanges, ...closing].reduce((sum, text) => sum + linesOf(text), 0);
  return {
    what: `Switch off ${names.length <= 3 ? namesText(names) : many(names.length, "function")}`,
    action: "Switch Off",
    changes: shownChanges,
    consequences: [...consequences(preview, mostLines - taken), ...closing],
  };
}

/** A reason may have a thousand characters; the preview has all of them. */
function shortened(reason: string): string {
  return reason.length > 100 ? `${reason.slice(0, 99)}…` : reason;
}

/** Consequences that several functions share are said once, those that lose something first. */
function consequences({ functions }: KillPreview, lines: number): readonly string[] {
  const wanted = functions.filter((each) => each.kind === "kill");
  const found = new Map<string, { readonly loses: boolean; readonly names: string[] }>();
  for (const { name, consequences } of wanted) {
    for (const { kind, message, loses } of consequences) {
      // The changes above say these two.
      if (kind === "provisioned" || kind === "scaling") continue;
      const known = found.get(message);
      if (known === undefined) found.set(message, { loses, names: [name] });
      else known.names.push(name);
    }
  }
  const sorted = [...found].sort(([, a], [, b]) => Number(b.loses) - Number(a.loses));
  const texts = sorted.map(
    ([message, { loses, names }]) =>
      `${loses ? "⚠ " : ""}${names.length === wanted.length ? "" : `${namesText(names)}: `}${message}`,
  );
  return fitting(texts, lines, (shown) => {
    const rest = sorted.slice(shown);
    const lossy = rest.filter(([, { loses }]) => loses).length;
    return `and ${num(rest.length)} more in the preview${lossy === 0 ? "" : `, ${num(lossy)} of them lose something`}.`;
  });
}
