import { type LoadMaxima, type LoadShape, num, requestsOf, shapeProblem, shapeText } from "#core";
import type { EditorWindow } from "../operations/editorWindow.ts";
import type { Verdict } from "../operations/inputBox.ts";

/** What is asked before a load test. */
export interface AskedLoad {
  readonly shape: LoadShape;
  /** JSON to send with each request. */
  readonly payload?: string;
  /** The reservation to compare with. */
  readonly reserve?: number;
}

const offered: readonly LoadShape[] = [
  { kind: "closed", requests: 500, workers: 10 },
  { kind: "closed", requests: 5000, workers: 50 },
  { kind: "open", rate: 20, seconds: 30, arrivals: "constant" },
];

/** Asks how much is to be sent, with which payload, and which reservation to compare with. Undefined when the user cancels. */
export async function askLoad(window: EditorWindow, name: string, maxima: LoadMaxima): Promise<AskedLoad | undefined> {
  const title = `Throw Load at ${name}`;
  const shape = await askShape(window, title, maxima);
  if (shape === undefined) return undefined;
  const payload = await askPayload(window, title);
  if (payload === undefined) return undefined;
  const reserve = await askReserve(window, title);
  if (reserve === undefined) return undefined;
  return { shape, ...(payload !== null && { payload }), ...(reserve !== null && { reserve }) };
}

async function askShape(window: EditorWindow, title: string, maxima: LoadMaxima): Promise<LoadShape | undefined> {
  const picked = await window.pick<LoadShape | "other">({
    title,
    placeholder: "How much",
    items: [
      ...offered.map((shape) => ({ label: shapeText(shape), detail: details[shape.kind], value: shape })),
      { label: "Other…", value: "other" },
    ],
  });
  if (picked !== "other") return picked;
  const text = await window.input({
    title,
    prompt: "REQUESTS by WORKERS, such as 5000 by 50, or RATE/s for TIME s, such as 20/s for 30 s.",
    placeholder: "5000 by 50",
    judge: (typed) => judgeShape(typed, maxima),
  });
  return text === undefined ? undefined : readShape(text);
}

const details = {
  closed: "Each worker sends its next request when the one before is answered.",
  open: "Requests arrive whether or not earlier ones are answered.",
} as const;

/** The load that a text stands for: `5000 by 50`, `20/s for 30 s`; undefined for any other text. */
export function readShape(text: string): LoadShape | undefined {
  const [, requests, workers] = /^(\d{1,9}) by (\d{1,9})$/.exec(text) ?? [];
  if (requests !== undefined && workers !== undefined && Number(requests) > 0 && Number(workers) > 0)
    return { kind: "closed", requests: Number(requests), workers: Math.min(Number(workers), Number(requests)) };
  const [, rate, seconds] = /^(\d{1,9}(?:\.\d{1,3})?)\/s for (\d{1,6}) ?s$/.exec(text) ?? [];
  if (rate === undefined || Number(rate) === 0 || Number(seconds) === 0) return undefined;
  return { kind: "open", rate: Number(rate), seconds: Number(seconds), arrivals: "constant" };
}

function judgeShape(text: string, maxima: LoadMaxima): Verdict {
  const shape = readShape(text);
  if (shape === undefined)
    return { severity: "error", message: "Type REQUESTS by WORKERS, or RATE/s for TIME s: 5000 by 50, 20/s for 30 s." };
  const problem = shapeProblem(shape, maxima);
  if (problem !== undefined) return { severity: "error", message: problem };
  return { severity: "information", message: `${num(requestsOf(shape))} requests in all.` };
}

/** null: none. */
async function askPayload(window: EditorWindow, title: string): Promise<string | null | undefined> {
  const picked = await window.pick({
    title,
    placeholder: "Payload",
    items: [
      { label: "No payload", value: "none" as const },
      { label: "Type JSON…", detail: "Sent with each request, and shown before.", value: "type" as const },
    ],
  });
  if (picked !== "type") return picked === undefined ? undefined : null;
  return await window.input({ title, prompt: "JSON to send with each request.", placeholder: "{}", judge: judgeJson });
}

function judgeJson(text: string): Verdict | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return { severity: "error", message: "That is no JSON, which Lambda would refuse." };
  }
}

/** null: none. */
async function askReserve(window: EditorWindow, title: string): Promise<number | null | undefined> {
  const picked = await window.pick({
    title,
    placeholder: "Before and after",
    items: [
      { label: "Measure as it is", detail: "Changes nothing in the account.", value: "measure" as const },
      {
        label: "Compare with a reservation…",
        detail: "Sent again with the reservation; what was there is put back at every end.",
        value: "compare" as const,
      },
    ],
  });
  if (picked !== "compare") return picked === undefined ? undefined : null;
  const text = await window.input({
    title,
    prompt: "The reservation to compare with.",
    placeholder: "Number",
    judge: (typed) => (/^\d{1,6}$/.test(typed) ? undefined : { severity: "error", message: "Type a whole number." }),
  });
  return text === undefined ? undefined : Number(text);
}
