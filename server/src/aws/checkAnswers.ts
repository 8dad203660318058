import type { InitializeHandlerOutput, MiddlewareStack } from "@smithy/types";
import { AccountError } from "./accountError.ts";
import { invalidMember } from "./invalidMember.ts";
import { type Expected, subjectMismatch } from "./subjectMismatch.ts";
import { notTheService, serviceOf } from "./toAccountError.ts";

interface Client {
  // biome-ignore lint/suspicious/noExplicitAny: every client has types of its own here.
  readonly middlewareStack: MiddlewareStack<any, any>;
}

/**
 * Makes a client throw an `AccountError` instead of handing on what its service cannot have answered: other data than the API's, numbers
 * that count nothing, or a function of another name, Region or account than was asked for. Every call to AWS passes here, whoever makes it.
 */
export function checkAnswers(client: Client, expected: Expected): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, "");
        const action = `${expected.service}:${operation}`;
        const result = await next(args).catch((error: unknown) => {
          throw unusable(error, action);
        });
        if (!isObject(operation, expected.service, result))
          throw new AccountError("failed", notTheService(action), { action });
        const wrong = invalidMember(result.output) ?? subjectMismatch(operation, args.input, result.output, expected);
        if (wrong !== undefined) throw invalidAnswer(action, wrong);
        return result;
      },
    { step: "initialize", name: "checkAnswers" },
  );
}

const BRACE = 0x7b;
const SPACE = 0x20;

/**
 * Is the answer an object? Of a JSON list, a text or nothing at all the SDK makes an object without members, and a reservation that is
 * not there would pass for none.
 */
function isObject(operation: string, service: string, { response, output }: InitializeHandlerOutput<object>): boolean {
  if (typeof output !== "object" || output === null) return false;
  if (!inJson.has(service) || !/^(?:Describe|Get|List)/.test(operation)) return true;
  const { body } = response as { readonly body?: unknown };
  return body instanceof Uint8Array && body.find((byte) => byte > SPACE) === BRACE;
}

const inJson: ReadonlySet<string> = new Set(["application-autoscaling", "lambda", "tag"]);

/** The error of a call, with its action where the transport gave up, and in words where the SDK stumbled over the answer. */
function unusable(error: unknown, action: string): unknown {
  if ((error instanceof TypeError || error instanceof RangeError) && "$response" in error)
    return new AccountError("failed", notTheService(action), { action });
  if (!(error instanceof AccountError) || error.action !== undefined) return error;
  if (error.kind !== "timeout" && error.kind !== "failed") return error;
  return new AccountError(error.kind, error.message, { action });
}

/** An answer that makes no sense, `what` being a phrase. */
export function invalidAnswer(action: string, what: string): AccountError {
  const operation = action.split(":")[1];
  const message = `${serviceOf(action)} answered ${operation} with what makes no sense: ${what}. Check the endpoint and the proxy.`;
  return new AccountError("failed", message, { action });
}
