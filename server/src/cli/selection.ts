/** What an option of the command line stands for in the account. */
export interface Selection {
  readonly by: "stack" | "tag" | "group";
  /** As given: the stack's name, `KEY=VALUE`, the group's name. */
  readonly value: string;
  /** FunctionNames, in their order. */
  readonly functions: readonly string[];
  /** Entries of a group that mean no function of the account. */
  readonly missing?: readonly string[];
}
