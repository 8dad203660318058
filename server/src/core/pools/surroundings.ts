import type { AnalysisOptions, Stack } from "../analysis.ts";
import type { BudgetPool, Placed } from "../budgetFile/budgetFile.ts";
import type { ParameterValue, ParameterValues } from "../model.ts";
import { partitionOf } from "../partitions.ts";
import type { StackConfig } from "../samconfig/stackConfig.ts";

/** A text with where it is said. */
export interface Said extends ParameterValue {
  readonly value: string;
}

/** Where a stack is deployed, as far as somebody says it. A connected account says nothing: it may be another one's. */
interface Surroundings {
  readonly name: Said | undefined;
  readonly account: Said | undefined;
  readonly region: Said | undefined;
}

/** Account and Region of a stack: what its pool says, else the command line, else samconfig. */
export function surroundingsOf(
  name: Said | undefined,
  pool: Pick<BudgetPool, "account" | "region"> | undefined,
  options: Pick<AnalysisOptions, "region">,
  config: StackConfig,
): Surroundings {
  const region =
    fromBudget(pool?.region, "region") ??
    said(options.region, "--region") ??
    said(config.region, `region in samconfig [${config.environment}]`);
  return { name, account: fromBudget(pool?.account, "account"), region };
}

/** The Region of a stack, when somebody says it. */
export function regionOf({ region }: Pick<Surroundings, "region">): Pick<Stack, "region"> {
  return region === undefined ? {} : { region: region.value };
}

/** samconfig's `stack_name`. */
export function samconfigName({ stackName, environment }: StackConfig): Said | undefined {
  return said(stackName, `stack_name in samconfig [${environment}]`);
}

/** Parameters with the pseudo parameters that are known. */
export function withSurroundings(
  parameters: ParameterValues,
  { name, account, region }: Surroundings,
): ParameterValues {
  const known = new Map<string, ParameterValue>();
  if (name) known.set("AWS::StackName", name);
  if (account) known.set("AWS::AccountId", account);
  if (region) {
    known.set("AWS::Region", region);
    const partition = partitionOf(region.value);
    if (partition) {
      known.set("AWS::Partition", { ...region, value: partition.name });
      known.set("AWS::URLSuffix", { ...region, value: partition.urlSuffix });
    }
  }
  return known.size === 0 ? parameters : new Map([...known, ...parameters]);
}

function said(value: string | undefined, what: string): Said | undefined {
  return value === undefined ? undefined : { value, source: { what } };
}

function fromBudget(placed: Placed<string> | undefined, key: string): Said | undefined {
  return placed && { value: placed.value, source: { what: `${key} in the budget`, place: placed.place } };
}
