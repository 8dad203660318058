import { GetResourcesCommand } from "@aws-sdk/client-resource-groups-tagging-api";
import type { Session } from "../session.ts";
import { ask } from "./ask.ts";
import { allPages } from "./pages.ts";

/** A tag that functions are looked for by. */
export interface WantedTag {
  readonly key: string;
  /** Absent: any value. */
  readonly value?: string;
}

/**
 * The names of the functions that have a tag, in their order; from the tagging API, which may lag by some minutes. Throws an
 * `AccountError`.
 */
export async function functionsByTag(
  session: Session,
  { key, value }: WantedTag,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const action = "tag:GetResources";
  const found = await allPages(
    action,
    async (token) => {
      const command = new GetResourcesCommand({
        ResourceTypeFilters: ["lambda:function"],
        TagFilters: [{ Key: key, ...(value === undefined ? {} : { Values: [value] }) }],
        ...(token === undefined ? {} : { PaginationToken: token }),
      });
      const answer = await ask(action, (sending) => session.tagging.send(command, sending), signal);
      return { items: answer.ResourceTagMappingList, next: answer.PaginationToken };
    },
    ({ ResourceARN }) => ResourceARN,
  );
  const names = found.flatMap(({ ResourceARN = "" }) => ResourceARN.split(":function:")[1]?.split(":")[0] ?? []);
  return [...new Set(names)].sort();
}
