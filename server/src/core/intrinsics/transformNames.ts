import { asScalar, deref, get } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";

/** A transform of a whole template, with the node that names it. */
export interface Transform {
  readonly name: string;
  readonly node: Node;
}

/** The `Transform` section in its order: one name or a list of names or `{Name: …}`. */
export function transformsOf(root: Node | undefined): readonly Transform[] {
  const transform = deref(get(root, "Transform"));
  const items = transform?.kind === "seq" ? transform.items : transform ? [transform] : [];
  return items.flatMap((node) => {
    const name = asScalar(node)?.text ?? asScalar(get(node, "Name"))?.text;
    return name ? { name, node } : [];
  });
}

/** Transforms of AWS that neither add functions with reservations nor change those written. */
const understood = ["AWS::Serverless-", "AWS::LanguageExtensions", "AWS::CodeDeployBlueGreen", "AWS::SecretsManager-"];

/** Is it known what a transform does to functions? Not of macros and AWS::Include. */
export function isUnderstood(name: string): boolean {
  return understood.some((known) => name.startsWith(known));
}

/** `AWS::LanguageExtensions` runs before other transforms: it may settle intrinsics that they would refuse, and drops what is null. */
export function hasLanguageExtensions(root: Node | undefined): boolean {
  return transformsOf(root).some(({ name }) => name.startsWith("AWS::LanguageExtensions"));
}
