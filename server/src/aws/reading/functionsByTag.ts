import { GetResourcesCommand, type ResourceTagMapping } from "@aws-sdk/client-resource-groups-tagging-api";
import type { TagFilter } from "#core";
import type { Session } from "../session.ts";
import { callAws } from "./callAws.ts";
import { stackNameTag } from "./liveFunction.ts";
import { allPages } from "./pages.ts";

/** What IAM has to allow for that. */
export const taggingAction = "tag:GetResources";

/**
 * The functions that have a tag, with all their tags; from the tagging API, which may lag by some minutes. Throws an
 * `AccountError`.
 */
export async function taggedFunctions(
  session: Session,
  { key, value }: TagFilter,
  signal?: AbortSignal,
): Promise<readonly ResourceTagMapping[]> {
  return allPages(
    taggingAction,
    async (token) => {
      const command = new GetResourcesCommand({
        ResourceTypeFilters: ["lambda:function"],
        TagFilters: [{ Key: key, ...(value === undefined ? {} : { Values: [value] }) }],
        ...(token === undefined ? {} : { PaginationToken: token }),
      });
      const answer = await callAws(taggingAction, (sending) => session.tagging.send(command, sending), signal);
      return { items: answer.ResourceTagMappingList, next: answer.PaginationToken };
    },
    ({ ResourceARN }) => ResourceARN,
  );
}

/** The names of the functions that have a tag, in their order. */
export async function functionsByTag(
  session: Session,
  tag: TagFilter,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const found = await taggedFunctions(session, tag, signal);
  const names = found.flatMap(({ ResourceARN = "" }) => ResourceARN.split(":function:")[1]?.split(":")[0] ?? []);
  return [...new Set(names)].sort();
}

/** The names of the functions that a CloudFormation stack has deployed; those of its nested stacks are not among them. */
export function functionsOfStack(session: Session, stack: string, signal?: AbortSignal): Promise<readonly string[]> {
  return functionsByTag(session, { key: stackNameTag, value: stack }, signal);
}
