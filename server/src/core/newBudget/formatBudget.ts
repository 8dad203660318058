/** What a new budget file is made of. */
export interface NewBudget {
  /** Name of the pool. */
  readonly pool: string;
  /** These four are written when they are known; else comments say what to fill in. */
  readonly account?: string;
  readonly region?: string;
  readonly limit?: number;
  readonly floor?: number;
  readonly stacks: readonly NewStack[];
  readonly reservations: readonly NewReservation[];
}

/** A template of a new budget file. */
export interface NewStack {
  /** Path relative to the budget file. */
  readonly template: string;
  readonly name: string;
  /** samconfig environment. */
  readonly config?: string;
  /** Copies that share the pool; written when there is more than one. */
  readonly instances?: number;
}

/** A reservation of a new budget file. */
export interface NewReservation {
  /** FunctionName, or `stack/LogicalId`. */
  readonly key: string;
  readonly reserved: number | "off";
  /** Stands behind the value, e.g. where the number comes from. */
  readonly comment?: string;
}

/** The text of a new budget file, with comments that explain what to fill in. Stacks by template, reservations by key. */
export function formatBudget(budget: NewBudget): string {
  const lines = [
    "# Who may reserve how much of the Lambda concurrency of one account and Region.",
    "# Check it with: lambda-concurrency check",
    `pool: ${scalar(budget.pool)}`,
    budget.account === undefined
      ? '# account: "123456789012"   # when given, the live account must be this one'
      : `account: ${JSON.stringify(budget.account)}`,
    budget.region === undefined ? "# region: us-east-1" : `region: ${scalar(budget.region)}`,
    ...limitLines(budget.limit),
    ...floorLines(budget.floor),
    "# keep-unreserved: 150      # your own cushion: a warning when less stays unreserved",
    "",
    ...stackLines([...budget.stacks].sort((a, b) => compare(a.template, b.template) || compare(a.name, b.name))),
    "",
    ...reservationLines([...budget.reservations].sort((a, b) => compare(a.key, b.key))),
  ];
  return `${lines.join("\n")}\n`;
}

function limitLines(limit: number | undefined): readonly string[] {
  if (limit !== undefined) return [`limit: ${limit}`];
  return ["# limit: 1000              # the account's quota “Concurrent executions” (L-B99A9384)"];
}

function floorLines(floor: number | undefined): readonly string[] {
  if (floor !== undefined) return [`floor: ${floor}`];
  return ["# floor: 100                # what Lambda insists on leaving unreserved"];
}

function stackLines(stacks: readonly NewStack[]): readonly string[] {
  if (stacks.length === 0) return ["stacks: []"];
  return ["stacks:", ...stacks.flatMap(stackEntry)];
}

function stackEntry({ template, name, config, instances }: NewStack): readonly string[] {
  return [
    `  - template: ${scalar(template)}`,
    `    name: ${scalar(instances !== undefined && instances > 1 && !name.includes("*") ? `${name}*` : name)}`,
    ...(config === undefined ? [] : [`    config: ${scalar(config)}`]),
    ...(instances === undefined || instances < 2 ? [] : [`    instances: ${instances}`]),
  ];
}

function reservationLines(reservations: readonly NewReservation[]): readonly string[] {
  const help =
    '# Key: FunctionName or stack/LogicalId. Value: reservation for each matching function; "off" = 0 on purpose.';
  if (reservations.length === 0) return [help, "reservations: {}"];
  const entries = reservations.map(({ key, reserved }) => `  ${scalar(key)}: ${reserved}`);
  const width = Math.min(60, Math.max(...entries.map((entry) => entry.length)));
  const withComments = entries.map((entry, i) => {
    const comment = reservations[i]?.comment?.replaceAll(/\s+/g, " ").trim();
    return comment ? `${entry.padEnd(width)}   # ${comment}` : entry;
  });
  return [help, "reservations:", ...withComments];
}

/** Text as it is where YAML 1.2 reads it back as the same text, else in double quotes. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z_./][A-Za-z0-9_./*$@+-]*(?: [A-Za-z0-9_./*$@+-]+)*$/.test(text);
  const isOther = /^(?:true|false|null|yes|no|on|off|y|n|~|[-+]?\.(?:inf|nan)|\.\d.*|\.{3})$/i.test(text);
  return isPlain && !isOther ? text : JSON.stringify(text);
}

/** By code unit: the same order on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
