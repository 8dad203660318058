/** Names that the views share with the manifest (package.json). */

/** Ids of the views in the container `lambdaConcurrency`. */
export const viewIds = { account: "lambdaConcurrency.account", budget: "lambdaConcurrency.budget" } as const;
