import type { OutsideFunction, PoolClaim, Stack, Unseen } from "../analysis.ts";
import { anything } from "../ledger/bounds.ts";
import { claimIfExists, claimOf } from "../ledger/claim.ts";
import type { Refused } from "../ledger/ledger.ts";
import type { NestedStack, Place, Refusal, ResolvedTemplate } from "../model.ts";
import type { Sources } from "../sources.ts";
import { casesByPath, narrow, refusesSomeCase } from "./claimCases.ts";
import { mistakeIn } from "./mistakes.ts";

/** All that one stack brings into a pool, its nested stacks included. */
export interface StackContents {
  readonly claims: readonly PoolClaim[];
  readonly outside: readonly OutsideFunction[];
  readonly unseen: readonly Unseen[];
  /** Does AWS refuse something in it? */
  readonly refused?: Refused;
}

/** More functions than this are not listed one by one; an account holds far fewer. */
const MAX_FUNCTIONS = 100_000;

/** Lists the functions of a stack and of everything nested in it; the order is that of the files. */
export function flatten(stack: Stack, sources: Sources): StackContents {
  const claims: PoolClaim[] = [];
  const outside: OutsideFunction[] = [];
  const unseen: Unseen[] = [];
  let refused: Refused | undefined;
  const { instances } = stack;
  const cases = casesByPath(stack);
  if (refusesSomeCase(stack)) refused = "perhaps";

  const refuse = (refusals: readonly Refusal[], undecided: boolean) => {
    if (refusals.length === 0) return;
    const certain = !undecided && refusals.some(({ open }) => open === undefined);
    if (refused !== "certainly") refused = certain ? "certainly" : "perhaps";
  };

  const hide = (place: Place, nesting: readonly string[], reason: string, claim = anything) => {
    unseen.push({ stack, place, nesting, reason, claim, instances, unknown: reason });
  };

  const addFunctions = (template: ResolvedTemplate, nesting: readonly string[], undecided: string | undefined) => {
    const prefix = [stack.name, ...nesting].join("/");
    for (const declared of template.functions) {
      const key = `${prefix}/${declared.logicalId}`;
      refuse(declared.refused, undecided !== undefined);
      if (declared.outsidePool !== undefined) {
        outside.push({ function: declared, stack, reason: declared.outsidePool, key });
        continue;
      }
      const certain = claimOf(declared, instances);
      const claim = undecided === undefined ? certain : claimIfExists(certain, undecided);
      const split = cases.get([...nesting, declared.logicalId].join("/"));
      claims.push({
        ...(split ? narrow(claim, split) : claim),
        function: declared,
        uri: declared.place.uri,
        stack,
        nesting,
        key,
        ...(split && { cases: split }),
      });
    }
  };

  const visit = (template: ResolvedTemplate, nesting: readonly string[], undecided: string | undefined) => {
    if (claims.length + template.functions.length > MAX_FUNCTIONS) {
      hide({ uri: template.uri, start: 0, end: 0 }, nesting, `more than ${MAX_FUNCTIONS} functions are not counted`);
      return;
    }
    refuse(template.refused, undecided !== undefined);
    addFunctions(template, nesting, undecided);
    const mistake = mistakeIn(template.uri, sources);
    if (mistake) hide(mistake.place, nesting, `line ${mistake.line} cannot be read: ${phrase(mistake.message)}`);
    for (const { place, reason, most } of template.blindSpots) {
      hide(place, nesting, reason, most === undefined ? anything : { min: 0, max: Math.max(0, most) });
    }
    for (const child of template.nested) {
      const inside = [...nesting, child.logicalId];
      if (child.template) visit(child.template, inside, undecided ?? conditionOf(child));
      else hide(child.place, inside, nestedReason(child));
    }
  };

  visit(stack.template, [], undefined);
  return { claims, outside, unseen, ...(refused === undefined ? {} : { refused }) };
}

function nestedReason({ logicalId, unknown }: NestedStack): string {
  return `nested stack ${logicalId}: ${phrase(unknown ?? "it cannot be read")}`;
}

function conditionOf(child: NestedStack): string | undefined {
  return child.condition === undefined
    ? undefined
    : `condition ${child.condition} of nested stack ${child.logicalId} is not decided`;
}

/** A sentence as a part of another one. */
function phrase(sentence: string): string {
  const text = sentence.replace(/\.$/, "");
  return /^[A-Z][a-z]* /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
