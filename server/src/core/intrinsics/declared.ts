import { asMap, asScalar, get, keyText } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import { loopPrefix } from "./intrinsic.ts";
import { isUnderstood, transformsOf } from "./transformNames.ts";

/** A section of a template that declares names. */
export type Section = "Parameters" | "Mappings" | "Conditions" | "Resources" | "Outputs";

/**
 * Does a section certainly not declare a name that was not found in it? Macros and AWS::Include may add names, loops make some, and a
 * fragment is put where they are declared. A name that is written there unquoted, so
 * that YAML makes another of it, has its own finding.
 */
export function lacksName(root: Node | undefined, section: Section, name: string): boolean {
  if (get(root, "Fn::Transform") || transformsOf(root).some((transform) => !isUnderstood(transform.name))) return false;
  if (isFragment(root)) return false;
  return !asMap(get(root, section))?.written.some((pair) => {
    const key = keyText(pair);
    if (key === undefined || key === "Fn::Transform" || asScalar(pair.key)?.text === name) return true;
    if (section === "Conditions") return false;
    return key.startsWith(loopPrefix) || asScalar(get(pair.value, "Type"))?.text.endsWith("::MODULE");
  });
}

/** A part of a template: resources of SAM without its transform, or neither header nor anything that declares names. */
function isFragment(root: Node | undefined): boolean {
  if (get(root, "Transform")) return false;
  const types = asMap(get(root, "Resources"))?.written.map(({ value }) => asScalar(get(value, "Type"))?.text) ?? [];
  if (types.some((type) => type?.startsWith("AWS::Serverless::"))) return true;
  return !["AWSTemplateFormatVersion", "Parameters", "Mappings", "Conditions"].some((key) => get(root, key));
}

/** Resources that SAM makes beside those of a template, by their names: `ServerlessRestApi`, `OrdersRole`, `OrdersAliaslive`. */
export function mayBeGenerated(root: Node | undefined, logicalId: string, resourceIds: Iterable<string>): boolean {
  if (!transformsOf(root).some(({ name }) => name.startsWith("AWS::Serverless-"))) return false;
  if (/^(?:Serverless|CodeDeploy)/.test(logicalId)) return true;
  for (const id of resourceIds) if (logicalId.startsWith(id)) return true;
  return false;
}
