import { asScalar, keyText, rootOf } from "../../syntax/lookup.ts";
import type { Node, ScalarNode } from "../../syntax/nodes.ts";
import { pathAt } from "../treePath.ts";
import { type FixMaker, fix, replace } from "./fix.ts";

/** Puts a key in quotes that YAML 1.1 reads as something else, and with it the places that name it unquoted: they agreed before. */
export const quoteKey: FixMaker = ({ finding, file }) => {
  const path = pathAt(file.tree, finding.place.start);
  const key = path?.onKey ? asScalar(path.node) : undefined;
  if (key?.typed === undefined) return [];
  const names = namesIn(rootOf(file.tree)).filter(({ text, typed }) => typed !== undefined && text === key.text);
  const places = names.length === 0 ? "" : ` in ${names.length + 1} places`;
  const edits = [key, ...names].map((node) => replace(file, node, `"${node.text}"`));
  return fix(`Quote ${key.text}${places}`, edits, true);
};

/** Functions whose arguments name things, and how many of the arguments do. */
const namingTags: Readonly<Record<string, number>> = {
  "!If": 1,
  "Fn::If": 1,
  "!FindInMap": 3,
  "Fn::FindInMap": 3,
};
const namingKeys: readonly (string | undefined)[] = ["Ref", "Condition", "DependsOn"];

/** The texts of a template that name a parameter, a condition, a resource, or a mapping and its keys. */
function namesIn(root: Node | undefined): readonly ScalarNode[] {
  const names: ScalarNode[] = [];
  const nodes: Node[] = root ? [root] : [];
  const name = (node: Node | undefined) => {
    if (node?.kind === "scalar") names.push(node);
  };
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    if (node.kind === "seq") {
      for (const item of node.items.slice(0, namingTags[node.tag ?? ""] ?? 0)) name(item);
      for (const item of node.items) nodes.push(item);
    } else if (node.kind === "map") {
      for (const pair of node.written) {
        const key = keyText(pair);
        if (namingKeys.includes(key)) name(pair.value);
        const named = pair.value.kind === "seq" ? pair.value.items.slice(0, namingTags[key ?? ""] ?? 0) : [];
        named.forEach(name);
        nodes.push(pair.value);
      }
    }
  }
  return names;
}
