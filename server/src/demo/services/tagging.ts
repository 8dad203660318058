import type { FunctionState } from "../account/state.ts";
import { ServiceError } from "../serviceError.ts";
import { type Call, list, members, type Reply, text, whole } from "../wire/call.ts";
import { page } from "../wire/paging.ts";
import type { Operations } from "./service.ts";

const LARGEST_PAGE = 100;

/** Resource Groups Tagging: functions that have tags. */
export const tagging: Operations = { GetResources: getResources };

function getResources(call: Call): Reply {
  const { input, region } = call;
  const types = list(input.ResourceTypeFilters).map(String);
  const arns = list(input.ResourceARNList).map(String);
  const filters = list(input.TagFilters).map(members);
  const size = whole(input.ResourcesPerPage) ?? LARGEST_PAGE;
  if (size < 1 || size > LARGEST_PAGE)
    throw new ServiceError("InvalidParameterException", 400, "ResourcesPerPage must be between 1 and 100.");
  const wanted = types.length === 0 || types.some((type) => type === "lambda" || type === "lambda:function");
  const found = region.state.functions.filter(
    (subject) =>
      wanted &&
      Object.keys(subject.tags).length > 0 &&
      (arns.length === 0 || arns.includes(region.arn(subject.name))) &&
      filters.every((filter) => passes(subject, filter)),
  );
  const { items, next = "" } = page(found, text(input.PaginationToken), size, call.emptyPage);
  const mappings = items.map((subject) => ({
    ResourceARN: region.arn(subject.name),
    Tags: Object.entries(subject.tags).map(([Key, Value]) => ({ Key, Value })),
  }));
  return { body: { PaginationToken: next, ResourceTagMappingList: mappings } };
}

function passes(subject: FunctionState, filter: Readonly<Record<string, unknown>>): boolean {
  const value = subject.tags[String(filter.Key)];
  const values = list(filter.Values);
  return value !== undefined && (values.length === 0 || values.includes(value));
}
