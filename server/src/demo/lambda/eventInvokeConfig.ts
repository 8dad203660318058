import { notFound } from "../serviceError.ts";
import type { Call, Reply } from "../wire/call.ts";
import { functionName, hasQualifier } from "./names.ts";

const RETRIES = 2;
const HIGHEST_AGE_SECONDS = 6 * 3600;

/** `GetFunctionEventInvokeConfig`: the on-failure destination of asynchronous events, which here is the same for all qualifiers. */
export function getEventInvokeConfig(call: Call): Reply {
  const { name, qualifier = "$LATEST" } = functionName(call);
  const arn = call.region.arn(name, qualifier);
  const subject = call.region.state.functions.find((known) => known.name === name);
  if (subject?.onFailure === undefined || !hasQualifier(subject, qualifier))
    throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
  return {
    body: {
      LastModified: subject.modified / 1000,
      FunctionArn: arn,
      MaximumRetryAttempts: RETRIES,
      MaximumEventAgeInSeconds: HIGHEST_AGE_SECONDS,
      DestinationConfig: { OnSuccess: {}, OnFailure: { Destination: subject.onFailure } },
    },
  };
}
