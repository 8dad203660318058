import type { Session } from "../session.ts";

/**
 * Does GetFunction at this endpoint show a reservation of 0? AWS and the demo account do. LocalStack leaves it out, as if there were
 * none, and other emulators are not known: there GetFunctionConcurrency must be asked too. `location` is the code's address in the answer.
 */
export function showsZero({ identity: { endpoint } }: Session, location: string | undefined): boolean {
  if (endpoint === undefined) return true;
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (/(?:^|\.)(?:amazonaws\.com|amazonaws\.com\.cn|api\.aws|api\.amazonwebservices\.com\.cn)$/.test(url.hostname))
    return true;
  return location?.startsWith(`${url.origin}/demo/code/`) === true;
}
