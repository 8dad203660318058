import { ListTagsCommand } from "@aws-sdk/client-lambda";
import { GetResourcesCommand } from "@aws-sdk/client-resource-groups-tagging-api";
import type { LiveFunction } from "#core";
import type { Session } from "../session.ts";
import { callAws, callLambda } from "./callAws.ts";
import { ownTags } from "./liveFunction.ts";
import { pages } from "./pages.ts";

const LARGEST_PAGE = 100;

/** What this product needs of a function's tags. */
export type OwnTags = Pick<LiveFunction, "stack" | "killTags">;

/**
 * The tags of all functions that have any, by ARN, 100 in a page, from the tagging API: it costs nothing of Lambda's rate, but may lag.
 * With `arn`, those of one function. Throws an `AccountError`.
 */
export async function tagsByArn(
  session: Session,
  signal: AbortSignal | undefined,
  arn?: string,
): Promise<ReadonlyMap<string, OwnTags>> {
  const page = async (marker: string | undefined) => {
    const scope =
      arn === undefined
        ? { ResourceTypeFilters: ["lambda:function"], ResourcesPerPage: LARGEST_PAGE }
        : { ResourceARNList: [arn] };
    const command = new GetResourcesCommand({
      ...scope,
      ...(marker === undefined ? {} : { PaginationToken: marker }),
    });
    const answer = await callAws("tag:GetResources", (sending) => session.tagging.send(command, sending), signal);
    const items = answer.ResourceTagMappingList?.map(({ ResourceARN = "", Tags = [] }) => {
      const tags = Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
      return [ResourceARN, ownTags(tags)] as const;
    });
    return { items, next: answer.PaginationToken };
  };
  const found = new Map<string, OwnTags>();
  for await (const entries of pages("tag:GetResources", page, ([key]) => key))
    for (const [key, tags] of entries) found.set(key, tags);
  return found;
}

/** The tags of one function as Lambda itself knows them, without delay. Throws an `AccountError`. */
export async function tagsOf(session: Session, arn: string, signal: AbortSignal | undefined): Promise<OwnTags> {
  const command = new ListTagsCommand({ Resource: arn });
  const { Tags } = await callLambda(session, "ListTags", (sending) => session.lambda.send(command, sending), signal);
  return ownTags(Tags);
}
