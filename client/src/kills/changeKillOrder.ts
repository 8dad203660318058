import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { KillPreview } from "#aws";
import {
  inHours,
  type KillOrder,
  many,
  mappingName,
  momentText,
  parseMoment,
  sourceWords,
  tomorrowMorning,
} from "#core";
import { inputBox } from "../operations/inputBox.ts";

type Option = "go" | "triggers" | "leave" | "reason" | "until";

/** Lets the user change how functions are switched off, until they go on. Undefined when they cancel. */
export async function changeKillOrder(preview: KillPreview, order: KillOrder): Promise<KillOrder | undefined> {
  let now = order;
  for (;;) {
    const picked = await window.showQuickPick(optionItems(preview, now), {
      title: "Kill switch options",
      placeHolder: "Change an option, then choose Continue",
      ignoreFocusOut: true,
    });
    if (picked === undefined) return undefined;
    if (picked.option === "go") return now;
    now = (await change(picked.option, preview, now)) ?? now;
  }
}

interface OptionItem extends QuickPickItem {
  readonly option: Option;
}

function optionItems(preview: KillPreview, order: KillOrder): OptionItem[] {
  const mappings = mappingsOf(preview);
  const disabled = mappings.filter(({ uuid, disable }) => order.mappings.get(uuid) ?? disable).length;
  const triggers: OptionItem[] =
    mappings.length === 0
      ? []
      : [
          {
            option: "triggers",
            label: "$(plug) Event Sources…",
            description: `${disabled} of ${many(mappings.length, "mapping")} disabled`,
          },
        ];
  return [
    { option: "go", label: "$(arrow-right) Continue", description: "back to the confirmation" },
    { option: "go", label: "", kind: QuickPickItemKind.Separator },
    ...triggers,
    {
      option: "leave",
      label: "$(circle-slash) Reservation",
      description: order.leaveOne
        ? "1: one invocation at a time runs, and asynchronous events stay queued"
        : "0: nothing runs, and asynchronous events are dropped",
    },
    { option: "reason", label: "$(comment) Reason…", description: order.reason },
    {
      option: "until",
      label: "$(watch) Reminder…",
      description: order.until === undefined ? "none" : momentText(order.until, new Date()),
    },
  ];
}

async function change(
  option: Exclude<Option, "go">,
  preview: KillPreview,
  order: KillOrder,
): Promise<KillOrder | undefined> {
  if (option === "leave") return { ...order, leaveOne: !order.leaveOne };
  if (option === "triggers") return askTriggers(preview, order);
  if (option === "until") return askUntil(order);
  const reason = await inputBox({
    title: "Why it is switched off",
    prompt: "Everybody who may see the function's tags can read this. No secrets.",
    value: order.reason,
    judge: (text) => (text.length > 1000 ? { severity: "error", message: "At most 1,000 characters." } : undefined),
  });
  return reason === undefined ? undefined : { ...order, reason };
}

function mappingsOf({ functions }: KillPreview) {
  return functions.flatMap((each) =>
    each.kind === "kill" ? each.mappings.map((mapping) => ({ ...mapping, name: each.name })) : [],
  );
}

async function askTriggers(preview: KillPreview, order: KillOrder): Promise<KillOrder | undefined> {
  const mappings = mappingsOf(preview);
  const kinds = [...new Set(mappings.map(({ kind }) => kind))];
  const items = kinds.flatMap((kind) => [
    { label: sourceWords[kind], kind: QuickPickItemKind.Separator, uuid: "" },
    ...mappings
      .filter((mapping) => mapping.kind === kind)
      .map((mapping) => ({
        label: mappingName(mapping),
        description: `into ${mapping.name}`,
        uuid: mapping.uuid,
        picked: order.mappings.get(mapping.uuid) ?? mapping.disable,
      })),
  ]);
  const picked = await window.showQuickPick(items, {
    title: "Event sources to disable",
    placeHolder: "Checked ones are disabled, and enabled again by a restore",
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  const chosen = new Set(picked.map(({ uuid }) => uuid));
  return { ...order, mappings: new Map(mappings.map(({ uuid }) => [uuid, chosen.has(uuid)])) };
}

async function askUntil(order: KillOrder): Promise<KillOrder | undefined> {
  const now = new Date();
  const at = (label: string, until: Date) => ({ label, description: momentText(until, now), until, typed: false });
  const items = [
    at("In 1 hour", inHours(now, 1)),
    at("In 2 hours", inHours(now, 2)),
    at("In 4 hours", inHours(now, 4)),
    at("Tomorrow morning", tomorrowMorning(now)),
    { label: "No reminder", description: "it stays off until somebody thinks of it", until: undefined, typed: false },
    { label: "Another time…", description: "90m, 2h, 3d, 1w, 18:00, 2026-11-24 18:00", until: undefined, typed: true },
  ];
  const picked = await window.showQuickPick(items, {
    title: "When to remind you",
    placeHolder: "Nothing is restored by itself",
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  const { until: _, ...rest } = order;
  const until = picked.typed ? await askMoment() : picked.until;
  if (picked.typed && until === undefined) return undefined;
  return until === undefined ? rest : { ...rest, until };
}

async function askMoment(): Promise<Date | undefined> {
  const text = await inputBox({
    title: "When to remind you",
    prompt: "90m, 2h, 3d, 1w, 18:00, 2026-11-24 or 2026-11-24 18:00, in the time of this machine",
    judge: (typed) => {
      const moment = parseMoment(typed, new Date());
      if (typeof moment === "string") return { severity: "error", message: moment };
      return { severity: "information", message: `Reminder: ${momentText(moment, new Date())}` };
    },
  });
  const moment = text === undefined ? undefined : parseMoment(text, new Date());
  return typeof moment === "string" ? undefined : moment;
}
