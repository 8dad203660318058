import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import type { AccountIdentity } from "#core";
import type { Pace } from "./pace.ts";

/** What the user chose. Nothing of it is ever guessed. */
export interface AccountChoice {
  /** Profile of the shared config files; absent: environment variables, container or machine credentials. */
  readonly profile?: string;
  /** Absent: that of the profile or of `AWS_REGION`, `AWS_DEFAULT_REGION`; none of them: an `AccountError` of kind `noRegion`. */
  readonly region?: string;
  /** Replaces `AWS_ENDPOINT_URL` and what the profile says, for every service. */
  readonly endpoint?: string;
  /** Keys to use instead of the credential chain; only for the demo account, which accepts any. */
  readonly demo?: boolean;
}

/** What a session needs from whoever opens it. */
export interface SessionHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks for the code of an MFA device; rejects or returns undefined when the user cancels. Absent: MFA profiles fail with a sentence. */
  readonly mfaCode?: (serial: string) => Promise<string | undefined>;
  /** Calls of GetFunction per second. Default `defaultReadRate`. */
  readonly readRate?: number;
  readonly signal?: AbortSignal;
}

/** An open account: who we are there, clients that keep to the rate budget, and nothing read yet. */
export interface Session {
  readonly identity: AccountIdentity;
  readonly lambda: LambdaClient;
  readonly cloudWatch: CloudWatchClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly autoScaling: ApplicationAutoScalingClient;
  /** The rate budget; every call to Lambda's management API goes through it. */
  readonly pace: Pace;
  /** Asks STS again and throws an `AccountError` of kind `changed` unless account, partition and caller are those of `identity`. */
  verify(signal?: AbortSignal): Promise<void>;
  close(): void;
}
