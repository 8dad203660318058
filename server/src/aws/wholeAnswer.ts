import type { Readable } from "node:stream";
import { AccountError } from "./accountError.ts";

/** How much an answer may be. */
export interface AnswerBounds {
  /** From its beginning to its end, milliseconds. */
  readonly time: number;
  readonly bytes: number;
}

/**
 * The body of an answer, read to its end. Nothing that AWS answers here is large or slow: what goes on beyond the bounds is given up
 * with an `AccountError`, of kind `timeout` where it took too long, and its connection is closed.
 */
export async function wholeAnswer(body: Readable, { time, bytes }: AnswerBounds, host: string): Promise<Uint8Array> {
  const late = new AccountError("timeout", lateSentence(host, time));
  const timer = setTimeout(() => body.destroy(late), time);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of body) {
      parts.push(part);
      length += part.length;
      // Leaving the loop closes the connection.
      if (length > bytes) throw new AccountError("failed", largeSentence(host, bytes));
    }
    return Buffer.concat(parts);
  } finally {
    clearTimeout(timer);
  }
}

function lateSentence(host: string, milliseconds: number): string {
  return `${host} did not finish its answer within ${milliseconds / 1000} seconds. Check the network and the proxy, then try again.`;
}

function largeSentence(host: string, bytes: number): string {
  return `${host} sent more than ${bytes / 1024 / 1024} MB in one answer, which no AWS service does here. Check the endpoint and the proxy.`;
}
