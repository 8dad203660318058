import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import type { AccountIdentity } from "#core";
import type { RateLimiter } from "./rateLimiter.ts";

/** What the user chose. Nothing of it is ever guessed. */
export interface AccountChoice {
  /** Profile of the shared config files; absent: environment variables, container or machine credentials. */
  readonly profile?: string;
  /** Absent: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else that of the profile, as in AWS's own tools; none of them: an `AccountError` of kind `noRegion`. */
  readonly region?: string;
  /** Replaces `AWS_ENDPOINT_URL` and what the profile says, for every service. */
  readonly endpoint?: string;
  /** Made-up keys instead of the credential chain, and us-east-1 unless `region` says otherwise; only for the demo account, which accepts any, and only with an `endpoint`. */
  readonly demo?: boolean;
}

/** What a session needs from whoever opens it. */
export interface SessionHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Asks for the code of an MFA device while the session is opened, never later; rejects or returns undefined when the user cancels.
   * Absent: MFA profiles fail with a sentence.
   */
  readonly mfaCode?: (serial: string) => Promise<string | undefined>;
  /** Calls of GetFunction per second. Default `defaultReadRate`. */
  readonly readRate?: number;
  /** Gives up opening the session, and what a program or a login service was asked for. */
  readonly signal?: AbortSignal;
  /** After how many milliseconds something is given up. */
  readonly limits?: {
    /** Until a connection stands. Default 5,000. */
    readonly connect?: number;
    /** Until an answer begins, and between its parts. Default 20,000. */
    readonly answer?: number;
    /** From the beginning of an answer to its end. Default 60,000. */
    readonly wholeAnswer?: number;
    /** Until credentials are there; the time for an MFA code does not count. Default 60,000. */
    readonly signIn?: number;
  };
}

/** An open account: who we are there, clients that keep to the rate budget, and nothing read yet. */
export interface Session {
  readonly identity: AccountIdentity;
  readonly lambda: LambdaClient;
  readonly cloudWatch: CloudWatchClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly autoScaling: ApplicationAutoScalingClient;
  /** The rate budget; every call to Lambda's management API goes through it. */
  readonly rateLimiter: RateLimiter;
  /** How a request to this URL leaves the machine, for those that the clients do not send. */
  routeTo(url: string): Route;
  /** Asks STS again and throws an `AccountError` of kind `changed` unless account, partition and caller are those of `identity`. */
  verify(signal?: AbortSignal): Promise<void>;
  /** Ends connections, and a sign-in under way with its program. */
  close(): void;
}

/** How requests leave the machine. */
export interface Route {
  /** Address of the proxy; absent: directly. */
  readonly proxy?: string;
  /** Certificates that are trusted, as PEM; absent: those that Node trusts. */
  readonly ca?: readonly string[];
}
