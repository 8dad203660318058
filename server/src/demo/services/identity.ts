import type { Operations } from "./service.ts";

/** STS: who calls. */
export const sts: Operations = {
  GetCallerIdentity: ({ identity }) => ({
    body: { Arn: identity.arn, UserId: identity.userId, Account: identity.account },
  }),
};

/** IAM: the account's alias. */
export const iam: Operations = {
  ListAccountAliases: ({ identity, emptyPage }) => ({
    body: {
      IsTruncated: false,
      AccountAliases: identity.alias === undefined || emptyPage ? [] : [identity.alias],
    },
  }),
};
