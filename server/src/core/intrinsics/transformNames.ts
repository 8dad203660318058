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

/** `AWS::LanguageExtensions` runs before other transforms: it may settle intrinsics that they would refuse, and drops what is null. */
export function hasLanguageExtensions(root: Node | undefined): boolean {
  return transformsOf(root).some(({ name }) => name.startsWith("AWS::LanguageExtensions"));
}
