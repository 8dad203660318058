/**
 * Takes what is AWS's out of an environment it is added to: keys, profile, Region, endpoint. A process that is started with a
 * variable that is undefined does not get it. For every process of ours that has nothing to do with an account.
 */
export function noAwsVariables(env: NodeJS.ProcessEnv = process.env): Readonly<Record<string, undefined>> {
  const names = Object.keys(env).filter((name) => /^AWS_/i.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
