import { type AccountSnapshot, accountKey } from "#core";

/** Which functions of an account carry a record of a kill, as one text: another one is worth another look at all tags. */
export function killedIn({ identity, functions }: AccountSnapshot): string {
  const killed = functions.flatMap(({ name, killTags }) => {
    const first = Object.entries(killTags ?? {}).find(([tag]) => tag.startsWith("lambda-concurrency:kill:"));
    return first === undefined ? [] : [`${name}=${first[1]}`];
  });
  return [accountKey(identity), ...killed].join("\n");
}
