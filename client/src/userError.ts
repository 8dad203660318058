/** An error whose message is shown as it is: it says what to do next. */
export class UserError extends Error {
  override readonly name = "UserError";
}
