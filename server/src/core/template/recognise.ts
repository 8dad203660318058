import type { FileKind, Uri } from "../model.ts";
import { asMap, asScalar, deref, get, keyText, rootOf } from "../syntax/lookup.ts";
import type { MapNode, Node, SyntaxTree } from "../syntax/nodes.ts";

/**
 * What a file is, by its content alone: `sam` with a Serverless transform or an `AWS::Serverless::` resource, `cloudformation` with
 * `AWSTemplateFormatVersion` or resources with types like `AWS::S3::Bucket` (a header is not needed), else `other`.
 */
export function recognise(_uri: Uri, tree: SyntaxTree): FileKind {
  const root = asMap(rootOf(tree));
  if (!root) return "other";
  if (namesServerless(deref(get(root, "Transform")))) return "sam";
  const byType = kindByTypes(asMap(get(root, "Resources")), 0);
  if (byType) return byType;
  if (get(root, "AWSTemplateFormatVersion")) return "cloudformation";
  return get(root, "Resources") && asMap(get(asMap(get(root, "Globals")), "Function")) ? "sam" : "other";
}

function namesServerless(transform: Node | undefined): boolean {
  if (transform?.kind === "scalar") return transform.text.startsWith("AWS::Serverless-");
  if (transform?.kind !== "seq") return false;
  return transform.items.some((item) => asScalar(item)?.text.startsWith("AWS::Serverless-"));
}

/** Loops hold their resources in the third item of a list. */
const maxLoopDepth = 5;

function kindByTypes(resources: MapNode | undefined, depth: number): FileKind | undefined {
  let kind: FileKind | undefined;
  for (const pair of resources?.written ?? []) {
    const value = deref(pair.value);
    const loop = value?.kind === "seq" && keyText(pair)?.startsWith("Fn::ForEach::") && depth < maxLoopDepth;
    const found = loop ? kindByTypes(asMap(value.items[2]), depth + 1) : kindOfType(typeOf(value));
    if (found === "sam") return "sam";
    kind ??= found;
  }
  return kind;
}

function typeOf(resource: Node | undefined): string | undefined {
  if (resource?.kind !== "map") return undefined;
  for (const pair of resource.written) {
    if (keyText(pair) === "Type") return asScalar(pair.value)?.text;
  }
  return asScalar(get(resource, "Type"))?.text;
}

function kindOfType(type: string | undefined): FileKind | undefined {
  if (type === undefined) return undefined;
  if (type.startsWith("AWS::Serverless::")) return "sam";
  return /^(Custom::[\w@-]+|[A-Za-z0-9]+::[A-Za-z0-9]+::[\w:]+)$/.test(type) ? "cloudformation" : undefined;
}
