import type { AccountChoice } from "#aws";

/** Do two choices lead to the same account, as far as that can be said without asking? */
export function sameChoice(a: AccountChoice, b: AccountChoice): boolean {
  return (
    a.profile === b.profile &&
    a.region === b.region &&
    a.endpoint === b.endpoint &&
    (a.demo ?? false) === (b.demo ?? false)
  );
}
