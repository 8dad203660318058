import { accountPhrase, accountPool, age, many, num, owedOf, plain, roomText, rough, windowText } from "#core";
import type { ViewNode } from "../tree/node.ts";
import { bar } from "./bar.ts";
import type { TreeContext } from "./treeContext.ts";

const sources = {
  configured: "stated in a budget file",
  learned: "learned from a change that Lambda refused",
  estimated: "estimated; Lambda names it only when it refuses a change",
} as const;

/** The rows about the account as a whole: who it is, its pool, what is in use and throttled. */
export function accountRows(context: TreeContext): readonly ViewNode[] {
  return [identityRow(context), claimedRow(context), headroomRow(context), useRow(context), throttlesRow(context)];
}

function row(
  { key, identity, snapshot, now }: TreeContext,
  name: string,
  node: Omit<ViewNode, "id" | "context" | "spoken" | "tooltip"> & {
    readonly tooltip: string;
    readonly context?: string;
    readonly spoken?: string;
  },
): ViewNode {
  const { label, description, tooltip } = node;
  return {
    context: name,
    spoken: description === undefined ? label : `${label}: ${description}`,
    ...node,
    id: `${key}/${name}`,
    // The editor keeps a tooltip until the row is drawn again: the age in it must not stay young.
    stamp: age(snapshot.readAt, now) + tooltip,
    tooltip: (now) =>
      `${tooltip}\n\n${plain(accountPhrase(identity))}  \n${plain(`Read ${age(snapshot.readAt, now)}.`)}`,
  };
}

function identityRow(context: TreeContext): ViewNode {
  const { identity, console, snapshot } = context;
  const { alias, account, region, endpoint, profile, arn, partition } = identity;
  const facts = [
    ["Account", alias === undefined ? account : `${alias} (${account})`],
    ["Region", partition === "aws" ? region : `${region} (${partition})`],
    ["Caller", arn],
    ["Profile", profile ?? "none"],
    ...(endpoint === undefined ? [] : [["Endpoint", endpoint]]),
    ["Functions", num(snapshot.functionCount)],
  ];
  return row(context, "account", {
    label: alias ?? account,
    description: [
      region,
      ...(alias === undefined ? [] : [account]),
      ...(endpoint === undefined ? [] : [endpoint]),
    ].join(" · "),
    icon: { id: endpoint === undefined ? "cloud" : "server-environment" },
    context: console ? "account.console" : "account",
    tooltip: ["| | |", "|---|---|", ...facts.map(([name, value = ""]) => `| ${name} | ${plain(value)} |`)].join("\n"),
  });
}

function claimedRow(context: TreeContext): ViewNode {
  const pool = accountPool(context.snapshot, context.facts.configuredFloor);
  if (pool === undefined) return unknownRow(context, "claimed", "Claimed");
  const { limit, claimed, belowFloor } = pool;
  return row(context, "claimed", {
    label: "Claimed",
    description: `${num(claimed)} of ${num(limit)} ${bar(claimed, limit)}`.trim(),
    spoken: `Claimed: ${num(claimed)} of ${num(limit)}`,
    icon: belowFloor ? { id: "warning", color: "list.warningForeground" } : { id: "pie-chart" },
    tooltip: plain(
      `${num(claimed)} of ${num(limit)} concurrent executions are claimed: by reservations, and by provisioned concurrency of functions without one.`,
    ),
  });
}

function headroomRow(context: TreeContext): ViewNode {
  const pool = accountPool(context.snapshot, context.facts.configuredFloor);
  if (pool === undefined) return unknownRow(context, "headroom", "Headroom");
  const { unreserved, headroom, floor, floorSource } = pool;
  const about = floorSource === "estimated" ? "≈ " : "";
  const owed = owedOf(context.snapshot.functions);
  const room = roomText(headroom, owed);
  return row(context, "headroom", {
    label: "Headroom",
    description: `${about}${room} · ${num(unreserved)} left · floor ${about}${num(floor)}`,
    spoken: `Headroom: ${room}, ${num(unreserved)} left unreserved, floor ${num(floor)} ${floorSource}`,
    icon: { id: "circle-outline" },
    tooltip: plain(
      `${num(unreserved)} are left for functions without a reservation. Lambda insists on leaving ${num(floor)} of them (the floor, ${sources[floorSource]}), so ${num(headroom)} more can be reserved.${owed === undefined ? "" : ` Headroom: ${room}.`}`,
    ),
  });
}

/** What the account does not say: GetAccountSettings is denied or not offered. */
function unknownRow(context: TreeContext, name: string, label: string): ViewNode {
  const why = context.snapshot.problems.find(({ action }) => action === "lambda:GetAccountSettings")?.message;
  const tooltip = plain(why ?? "The account does not say its limit and what is unreserved.");
  return row(context, name, { label, description: "not known", icon: { id: "question" }, tooltip });
}

function useRow(context: TreeContext): ViewNode {
  const { usage, limit, unreserved } = context.snapshot;
  const icon = { id: "pulse" };
  if (usage?.now === undefined) {
    const why = whyNoUse(context);
    const tooltip = "How many executions run at once, as CloudWatch last reported it.";
    return row(context, "use", { label: "In use", description: why, icon, tooltip: plain(tooltip) });
  }
  const inPool =
    usage.unreservedNow === undefined || unreserved === undefined
      ? ""
      : ` ${num(usage.unreservedNow)} of the ${num(unreserved)} unreserved are in use.`;
  const of = limit === undefined ? "" : ` of ${num(limit)}`;
  return row(context, "use", {
    label: "In use",
    description: `${num(usage.now)}${of} ${limit === undefined ? "" : bar(usage.now, limit)}`.trim(),
    spoken: `In use now: ${num(usage.now)}${of}`,
    icon,
    tooltip: plain(
      `${num(usage.now)}${of} concurrent executions are in use.${inPool}${
        usage.maximum === undefined ? "" : ` The most in ${windowText(usage)} was ${num(usage.maximum)}.`
      }`,
    ),
  });
}

/** Why a metric of the account has no number. What may not be read is not the same as nothing to report. */
function whyNoUse({ snapshot: { usage, reading, problems } }: TreeContext): string {
  if (problems.some(({ action }) => action.startsWith("cloudwatch:"))) return "not read";
  if (usage !== undefined) return "no data";
  return reading.state === "reading" ? "not read yet" : "not read";
}

function throttlesRow(context: TreeContext): ViewNode {
  const { usage } = context.snapshot;
  const base = { label: "Throttles", icon: { id: "dashboard" } };
  if (usage?.throttles === undefined) {
    const why = whyNoUse(context);
    return row(context, "throttles", { ...base, description: why, tooltip: "Invocations that Lambda refused." });
  }
  const window = windowText(usage);
  const some = usage.throttles > 0;
  return row(context, "throttles", {
    ...base,
    description: `${rough(usage.throttles)} in ${window}`,
    icon: some ? { id: "warning", color: "list.warningForeground" } : base.icon,
    tooltip: plain(
      `Lambda refused ${many(usage.throttles, "invocation")} in the last ${window} because no concurrency was free.`,
    ),
  });
}
