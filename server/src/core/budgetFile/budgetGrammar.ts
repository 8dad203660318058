import { downstreamKeys, grantKeys, type KeyTable, poolKeys, stackKeys } from "./budgetKeys.ts";

/** A rule of a TextMate grammar. */
interface GrammarRule {
  readonly [key: string]: unknown;
}

/** A part of a pool whose keys are partly the format's and partly the user's. */
interface Section {
  /** Keys of the format. */
  readonly known: KeyTable;
  /** Scope of the user's keys: functions, parameters, names of downstreams and groups. */
  readonly named: string;
  /** What an unquoted value that is no number is. */
  readonly values: "texts" | "functions";
}

const language = "concurrency-budget";
const scope = (name: string) => `${name}.${language}`;

const sections: Readonly<Record<string, Section>> = {
  stacks: { known: stackKeys, named: scope("variable.parameter"), values: "texts" },
  reservations: { known: grantKeys, named: scope("entity.name.function"), values: "texts" },
  downstreams: { known: downstreamKeys, named: scope("entity.name.type"), values: "functions" },
  "kill-groups": { known: {}, named: scope("entity.name.type"), values: "functions" },
};

/** Plain (unquoted) YAML: its first character, and what goes on in block and in flow style. */
const FIRST = String.raw`(?:[^\s'"#&*!|>@%${"`"}{}\[\],:?-]|[?:-](?=[^\s,{}\[\]]))`;
const IN_BLOCK = String.raw`(?:[^\s#:]|:(?=\S)|(?<=\S)#|[ \t]+(?![\s#]))*`;
const IN_FLOW = String.raw`(?:[^\s#:,{}\[\]]|:(?=[^\s,{}\[\]])|(?<=\S)#|[ \t]+(?![\s#,{}\[\]]))*`;
const BEFORE_COLON = String.raw`(?=\s*:(?:\s|$|[,}\]]))`;
const PLAIN_KEY = FIRST + IN_FLOW.replace("(?![\\s#,{}", "(?![\\s#:,{}") + BEFORE_COLON;
const BEFORE_VALUE = String.raw`(?<![^\s\[{,])`;
const AFTER_VALUE = String.raw`(?=[ \t]*(?:$|[,}\]]|[ \t]#))`;

/** The TextMate grammar of budget files, as the text of `syntaxes/concurrency-budget.tmLanguage.json`. */
export function budgetGrammarText(): string {
  const grammar = {
    name: "Lambda concurrency budget",
    scopeName: scope("source"),
    patterns: includes(
      "comment",
      "document",
      ...Object.keys(sections),
      "pool-flow",
      "pool-keys",
      "strings",
      "properties",
      "constants",
      "punctuation",
      "texts",
    ),
    repository: { ...tokens(), ...poolRules(), ...Object.assign({}, ...Object.entries(sections).map(sectionRules)) },
  };
  return `${JSON.stringify(grammar, null, 2)}\n`;
}

function tokens(): GrammarRule {
  const glob = { match: String.raw`\*`, name: scope("keyword.operator.glob") };
  const slash = { match: "/", name: scope("punctuation.separator.path") };
  const text = (match: string) => ({ match, name: scope("string.unquoted"), captures: { 0: { patterns: [glob] } } });
  const functionName = (match: string) => ({
    match,
    name: scope("entity.name.function"),
    captures: { 0: { patterns: [glob, slash] } },
  });
  return {
    comment: { patterns: [suppression(), comment()] },
    document: {
      patterns: [
        { match: String.raw`^---(?=\s|$)`, name: scope("punctuation.definition.document.begin") },
        { match: String.raw`^\.\.\.(?=\s|$)`, name: scope("punctuation.definition.document.end") },
        { match: "^%.*$", name: scope("keyword.other.directive") },
      ],
    },
    punctuation: {
      patterns: [
        { match: String.raw`(?<=^|\s)-(?=\s|$)`, name: scope("punctuation.definition.list.item") },
        { match: String.raw`:(?=\s|$|[,}\]])`, name: scope("punctuation.separator.key-value") },
        { match: ",", name: scope("punctuation.separator.list") },
      ],
    },
    properties: {
      patterns: [
        { match: String.raw`&[^\s,{}\[\]]+`, name: scope("entity.name.label.anchor") },
        { match: String.raw`\*[^\s,{}\[\]]+`, name: scope("variable.other.alias") },
        { match: String.raw`(?<!\S)![^\s,{}\[\]]*`, name: scope("storage.type.tag") },
      ],
    },
    strings: {
      patterns: [
        {
          begin: '"',
          end: '"',
          name: scope("string.quoted.double"),
          patterns: [{ match: String.raw`\\.`, name: scope("constant.character.escape") }],
        },
        {
          begin: "'",
          end: "'(?!')",
          name: scope("string.quoted.single"),
          patterns: [{ match: "''", name: scope("constant.character.escape") }],
        },
      ],
    },
    constants: {
      patterns: [
        constant("off|Off|OFF|false|False|FALSE", "constant.language.off"),
        constant("true|True|TRUE|null|Null|NULL|~", "constant.language"),
        constant(String.raw`[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?`, "constant.numeric"),
      ],
    },
    "pattern-parts": { patterns: [glob, slash] },
    texts: text(FIRST + IN_BLOCK),
    "texts-in-flow": text(FIRST + IN_FLOW),
    functions: functionName(FIRST + IN_BLOCK),
    "functions-in-flow": functionName(FIRST + IN_FLOW),
  };
}

/** Keys of the pool itself; a key the format does not know is none of them. */
function poolRules(): GrammarRule {
  const words = Object.keys(poolKeys).filter((key) => !Object.hasOwn(sections, key));
  const unknown = { match: PLAIN_KEY, name: scope("variable.other.key") };
  return {
    "pool-keys": {
      patterns: [
        { match: String.raw`^(?:${words.join("|")})(?=[ \t]*:(?:\s|$))`, name: scope("keyword.other.pool-key") },
        unknown,
      ],
    },
    "pool-flow": flow([
      ...includes("pool-flow", "comment"),
      unknown,
      ...includes("strings", "properties", "constants", "punctuation", "texts-in-flow"),
    ]),
  };
}

/** A section lasts until the next line that starts in the first column with anything but a list item or a comment. */
function sectionRules([name, { known, named, values }]: readonly [string, Section]): GrammarRule {
  const parts = [`${name}-keys`, "strings", "properties", "constants", "punctuation"];
  return {
    [name]: {
      begin: String.raw`^(${name})[ \t]*(:)(?=\s|$)`,
      while: String.raw`^(?=[ \t]|-(?:\s|$)|#|[\]}]|\s*$)`,
      beginCaptures: captures("keyword.other.pool-key", "punctuation.separator.key-value"),
      name: scope(`meta.${name}`),
      patterns: includes("comment", `${name}-block-scalar`, `${name}-flow`, ...parts, values),
    },
    [`${name}-keys`]: { patterns: keys(Object.keys(known), named) },
    [`${name}-flow`]: flow(includes("comment", `${name}-flow`, ...parts, `${values}-in-flow`)),
    [`${name}-block-scalar`]: blockScalar(`${name}-keys`),
  };
}

function keys(known: readonly string[], named: string): readonly GrammarRule[] {
  const parts = { 0: { patterns: includes("pattern-parts") } };
  const own =
    known.length === 0
      ? []
      : [{ match: `(?<![^\\s{,-])(?:${known.join("|")})${BEFORE_COLON}`, name: scope("entity.name.tag") }];
  const quoted = [String.raw`"(?:[^"\\]|\\.)*"`, "'(?:[^']|'')*'"].map((text) => text + BEFORE_COLON);
  return [...own, ...[...quoted, PLAIN_KEY].map((match) => ({ match, name: named, captures: parts }))];
}

/** `key: >-` with everything below that is indented deeper than the key. */
function blockScalar(keysName: string): GrammarRule {
  return {
    begin: String.raw`^([ \t]*)(?=[^\s#][^#]*:[ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$)`,
    while: String.raw`^(?=\1[ \t]+|[ \t]*$)`,
    patterns: [
      {
        begin: String.raw`([|>][-+0-9]*)[ \t]*(#.*)?$`,
        while: "^",
        beginCaptures: captures("keyword.control.block-scalar", "comment.line.number-sign"),
        contentName: scope("string.unquoted.block"),
      },
      ...includes(keysName, "punctuation"),
    ],
  };
}

function flow(patterns: readonly GrammarRule[]): GrammarRule {
  return {
    begin: String.raw`([\[{])`,
    end: String.raw`([\]}])`,
    beginCaptures: captures("punctuation.definition.flow.begin"),
    endCaptures: captures("punctuation.definition.flow.end"),
    patterns,
  };
}

function comment(): GrammarRule {
  return {
    match: String.raw`(?:^|(?<=\s))(#).*$`,
    name: scope("comment.line.number-sign"),
    captures: captures("punctuation.definition.comment"),
  };
}

/** `# lambda-concurrency-ignore RULE: reason`. */
function suppression(): GrammarRule {
  return {
    match: String.raw`(?:^|(?<=\s))(#)[ \t]*(lambda-concurrency-ignore)(?![\w-])[ \t]*((?:[^:\s]|[ \t]+(?=[^:\s]))*)[ \t]*(?:(:)[ \t]*((?:\S|[ \t]+(?=\S))*))?[ \t]*$`,
    name: scope("comment.line.number-sign.suppression"),
    captures: captures(
      "punctuation.definition.comment",
      "keyword.control.suppression",
      "entity.name.tag.rule",
      "punctuation.separator.reason",
      "markup.italic.reason",
    ),
  };
}

function constant(words: string, name: string): GrammarRule {
  return { match: `${BEFORE_VALUE}(?:${words})${AFTER_VALUE}`, name: scope(name) };
}

function captures(...names: readonly string[]): GrammarRule {
  return Object.fromEntries(names.map((name, i) => [i + 1, { name: scope(name) }]));
}

function includes(...names: readonly string[]): readonly GrammarRule[] {
  return names.map((name) => ({ include: `#${name}` }));
}
