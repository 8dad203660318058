import { intrinsicOf } from "../intrinsics/intrinsic.ts";
import type { Place, Refusal } from "../model.ts";
import { suggest } from "../suggest.ts";
import { asMap, get, keyText } from "../syntax/lookup.ts";
import type { Node, Pair } from "../syntax/nodes.ts";

const provisioned = ["ProvisionedConcurrencyConfig", "ProvisionedConcurrentExecutions"] as const;
const maximum = ["ScalingConfig", "MaximumConcurrency"] as const;
const reserved = "ReservedConcurrentExecutions";

/** A mapping with keys that have to do with concurrency. */
interface Kind {
  /** Those keys. */
  readonly keys: readonly string[];
  /** The key that another word with "concurrent" in it means. */
  readonly meant?: string;
  /** A key one level down, with the one above it. */
  readonly nested?: readonly [parent: string, key: string];
  /** Keys of other resources, with where they belong. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

/** Mappings of a template that hold concurrency, by what they belong to. */
export const concurrencyKinds = {
  sam: { keys: [reserved, provisioned[0], "AutoPublishAlias"], meant: reserved, nested: provisioned },
  function: {
    keys: [reserved],
    meant: reserved,
    elsewhere: {
      [provisioned[0]]: "an AWS::Lambda::Alias or AWS::Lambda::Version",
      AutoPublishAlias: "an AWS::Serverless::Function",
    },
  },
  /** Aliases and versions. */
  qualified: { keys: [provisioned[0]], meant: provisioned[0], nested: provisioned },
  eventSource: { keys: [maximum[0]], nested: maximum },
  provisioned: { keys: [provisioned[1]], meant: provisioned[1] },
  scaling: { keys: [maximum[1]], meant: maximum[1] },
} as const satisfies Readonly<Record<string, Kind>>;

/** Keys of AWS that look like one of ours. */
const known = new Set(["AutoPublishAliasAllProperties", "FunctionScalingConfig", "ProvisionedPollerConfig"]);

/**
 * Keys near one that has to do with concurrency, without being it: SAM and CloudFormation refuse what they do not know. `of`:
 * what the mapping is called.
 */
export function misspelt(node: Node | undefined, of: string, kind: Kind, placeOf: (node: Node) => Place): Refusal[] {
  const map = asMap(node);
  if (!map || intrinsicOf(node)) return [];
  // Nearly every mapping has none, and this is asked of all that are read again after an edit.
  return map.written
    .filter((pair) => isSuspicious(pair, kind))
    .flatMap((pair) => {
      const key = keyText(pair) ?? "";
      const place = placeOf(pair.key);
      const base = { rule: "property-misspelt", property: key, place, open: "" } as const;
      const problem = `has a property ${key}, which ${of} does not take, so the deployment fails.`;
      const other = elsewhere(key, kind);
      if (other !== undefined) return { ...base, message: `${problem} It belongs to ${other}.` };
      const meaning = meaningOf(pair, key, kind);
      if (!meaning) return [];
      const [target, below] = meaning;
      if (get(map, target)) return { ...base, message: `${problem} ${target} is there already: remove one of them.` };
      if (below !== undefined) {
        const message = `${problem} Did you mean ${target} with ${below} in it?`;
        return {
          ...base,
          message,
          fix: { mend: { how: "nest", at: place.start, property: key, into: [target, below] } },
        };
      }
      const isQuoted = pair.key.kind === "scalar" && pair.key.style === "double";
      const text = isQuoted ? JSON.stringify(target) : target;
      const replacement = { title: `Rename ${key} to ${target}`, text };
      return { ...base, message: `${problem} Did you mean ${target}?`, fix: { replacement } };
    });
}

function isSuspicious(pair: Pair, { keys }: Kind): boolean {
  const key = keyText(pair);
  if (key === undefined || keys.includes(key) || known.has(key)) return false;
  return /concur|provis|reserv|scal|alias/i.test(key);
}

function elsewhere(key: string, kind: Kind): string | undefined {
  const belongs = kind.elsewhere ?? {};
  if (isConcurrency(key) && /provis/i.test(key)) return belongs[provisioned[0]];
  return Object.hasOwn(belongs, key) ? belongs[key] : undefined;
}

/** The key that is meant, and for a number that belongs one level down the key there. */
function meaningOf(pair: Pair, key: string, { keys, meant, nested }: Kind): readonly [string, string?] | undefined {
  if (nested && isNear(key, nested[1])) return nested;
  const near = suggest(key, keys);
  const isMeant = isConcurrency(key) && nested !== undefined && (/provis/i.test(key) || nested === maximum);
  const target = isMeant ? nested[0] : (near ?? (isConcurrency(key) ? meant : undefined));
  if (target === undefined) return undefined;
  return nested?.[0] === target ? below(pair, nested) : [target];
}

/** A mapping with the right member keeps it; a number goes one level down. */
function below({ value }: Pair, nested: readonly [string, string]): readonly [string, string?] {
  return asMap(value) && !intrinsicOf(value) ? [nested[0]] : nested;
}

function isConcurrency(key: string): boolean {
  return /concurr?en/i.test(key);
}

function isNear(key: string, wanted: string): boolean {
  return suggest(key, [wanted]) !== undefined;
}
