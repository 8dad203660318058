import type { AnalysisOptions, Pool } from "../analysis.ts";
import type { FixData } from "../fixData.ts";
import type { Finding, Place, Related } from "../model.ts";
import { type RuleId, type RuleLevel, rules, type Severity } from "../ruleTable.ts";
import { list, many } from "../wording/words.ts";
import type { RuleContext, TemplateUse } from "./ruleContext.ts";

/** What a rule has to say about one pool or one use, before the same verdicts are put into one finding. */
export interface FindingDraft {
  readonly rule: RuleId;
  readonly place: Place;
  /** The message without pool or stack and without `who`; a draft about a pool continues `Pool production: …`. */
  readonly text: string;
  /** The function that the text goes on about: `Ingest` with `reserves 0, …`. Functions of one `Fn::ForEach` share a finding. */
  readonly who?: string;
  /** Other than the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  /** How many related places there are beyond those in `related`. */
  readonly notListed?: number;
  readonly data?: FixData;
  /** Whom it is about; neither: the file itself. */
  readonly pool?: Pool;
  readonly use?: TemplateUse;
  /** The text does not need the pool's name in front. */
  readonly plain?: true;
}

/** At most so many related places are listed; the rest is counted. */
export const MAX_RELATED = 20;

/** Puts drafts with the same rule, place and text into one finding that names their pools or stacks. */
export function toFindings(drafts: Iterable<FindingDraft>, context: RuleContext, options: AnalysisOptions): Finding[] {
  const groups = new Map<string, [FindingDraft, ...FindingDraft[]]>();
  for (const draft of drafts) {
    const { rule, place, text } = draft;
    const key = `${rule} ${place.start} ${place.end} ${place.uri} ${text}`;
    const group = groups.get(key);
    if (group) group.push(draft);
    else groups.set(key, [draft]);
  }
  return Array.from(groups.values(), (group) => toFinding(group, context, options)).sort(inOrder);
}

/** By file, then offset; what stands at one place by rule, then message. */
export function inOrder(a: Finding, b: Finding): number {
  const byPlace = compare(a.place.uri, b.place.uri) || a.place.start - b.place.start || a.place.end - b.place.end;
  return byPlace || compare(a.rule, b.rule) || compare(a.message, b.message);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The severity of a rule under the user's settings; a rule that is off still has one, for suppressions. */
export function severityOf(rule: RuleId, own: Severity | undefined, options: AnalysisOptions): Severity {
  const level: RuleLevel | undefined = options.levels?.[rule];
  return level === undefined || level === "off" ? (own ?? rules[rule].severity) : level;
}

function toFinding(
  group: readonly [FindingDraft, ...FindingDraft[]],
  context: RuleContext,
  options: AnalysisOptions,
): Finding {
  const [first] = group;
  const pool = first.pool ?? first.use?.pool;
  return {
    rule: first.rule,
    severity: severityOf(first.rule, first.severity, options),
    message: message(group, context),
    place: first.place,
    related: related(group),
    ...(pool && { pool: pool.name }),
    ...(first.use && { stack: first.use.stack.name }),
    ...(first.data && { data: first.data }),
  };
}

function message(group: readonly [FindingDraft, ...FindingDraft[]], context: RuleContext): string {
  const [first] = group;
  if (first.use) {
    const text = withFunctions(group);
    if ((context.usesOf.get(first.use.template.uri) ?? 0) < 2) return text;
    return `${list(unique(group.flatMap(({ use }) => (use && context.nameOf.get(use)) ?? [])))}: ${text}`;
  }
  if (!first.pool || first.plain) return first.text;
  const names = unique(group.flatMap(({ pool }) => pool?.name ?? []));
  return `${names.length === 1 ? "Pool" : "Pools"} ${list(names)}: ${first.text}`;
}

function withFunctions(group: readonly [FindingDraft, ...FindingDraft[]]): string {
  const [{ text }] = group;
  const names = unique(group.flatMap(({ who }) => who ?? []));
  if (names.length === 0) return text;
  return names.length === 1 ? `${names[0]} ${text}` : `${list(names)}: each ${text}`;
}

function related(group: readonly FindingDraft[]): Related[] {
  const all = new Map<string, Related>();
  for (const draft of group) {
    for (const one of draft.related ?? []) {
      const { uri, start, end } = one.place;
      all.set(`${start} ${end} ${uri} ${one.message}`, one);
    }
  }
  const notListed = Math.max(...group.map((draft) => draft.notListed ?? 0));
  return shorten([...all.values()], notListed);
}

/** The first so many related places, the last of them with a count of the rest. */
function shorten(all: readonly Related[], notListed: number): Related[] {
  const shown = all.slice(0, MAX_RELATED);
  const last = shown.at(-1);
  const rest = all.length - shown.length + notListed;
  if (last && rest > 0)
    shown[shown.length - 1] = { ...last, message: `${last.message} And ${many(rest, "more place")}.` };
  return shown;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
