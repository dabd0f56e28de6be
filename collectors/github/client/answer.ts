import { SourceError } from "../../../src/errors.ts";

/** A part of an answer that is not there, in GitHub's words. */
export interface Problem {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

export interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly problems: readonly Problem[];
}

export type Headers = Readonly<Record<string, string | number | undefined>>;

/** What to do about a request. */
export type Outcome =
  | { readonly kind: "answer"; readonly answer: Answer }
  /** REST: the body as it came. */
  | { readonly kind: "body"; readonly status: number; readonly headers: Headers; readonly body: unknown }
  /** May work when tried again; `isTooMuch` where a smaller page helps. */
  | { readonly kind: "again"; readonly said: string; readonly isTooMuch: boolean; readonly answer?: Answer }
  /** Nothing more before so many seconds are over; undefined where GitHub does not say. */
  | { readonly kind: "wait"; readonly seconds: number | undefined }
  | { readonly kind: "refused" }
  | { readonly kind: "error"; readonly error: SourceError };

/** What the token may not see or what is not there stays so, however often one asks. */
const LASTING = new Set(["NOT_FOUND", "FORBIDDEN", "INSUFFICIENT_SCOPES"]);
const TOO_MUCH = new Set(["RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED"]);

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export function outcomeOf(kind: "graphql" | "rest", received: Received): Outcome {
  const { status } = received;
  if (status === 401) return { kind: "refused" };
  if (isLimit(received)) return { kind: "wait", seconds: secondsToWait(received.headers) };
  if (status >= 500) return { kind: "again", said: `status ${status}`, isTooMuch: status === 502 || status === 504 };
  if (kind === "rest") return outcomeOfRest(received);
  if (status !== 200) return { kind: "error", error: unexpected(received) };
  return outcomeOfQuery(received);
}

function isLimit({ status, headers, body }: Received): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers["retry-after"] !== undefined ||
    Number(headers["x-ratelimit-remaining"] ?? 1) === 0 ||
    /secondary rate limit|abuse detection/i.test(messageOf(body))
  );
}

function secondsToWait(headers: Headers): number | undefined {
  if (headers["retry-after"] !== undefined) return Number(headers["retry-after"]);
  const reset = headers["x-ratelimit-reset"];
  return reset === undefined || Number(headers["x-ratelimit-remaining"] ?? 1) > 0
    ? undefined
    : secondsUntil(Number(reset), headers);
}

/** Clocks differ: by this machine's and by GitHub's own, the shorter wait. It is asked again anyway. */
export function secondsUntil(reset: number, headers: Headers): number {
  const date = Date.parse(String(headers["date"] ?? "")) / 1000;
  const waits = [reset - Date.now() / 1000, reset - date].filter((wait) => !Number.isNaN(wait));
  return Math.min(3_660, Math.max(0, Math.ceil(Math.min(...waits))));
}

function outcomeOfRest(received: Received): Outcome {
  if (typeof received.body === "string" && received.status === 200)
    return { kind: "again", said: "an answer that ends too early", isTooMuch: false };
  return { kind: "body", ...received };
}

function outcomeOfQuery(received: Received): Outcome {
  const { body, headers } = received;
  if (!isAnswer(body)) return { kind: "again", said: "an answer that ends too early", isTooMuch: true };
  const problems = body.errors ?? [];
  const answer: Answer = { data: body.data ?? null, problems };
  if (problems.some(({ type }) => type === "RATE_LIMITED")) {
    const reset = headers["x-ratelimit-reset"];
    return { kind: "wait", seconds: reset === undefined ? undefined : secondsUntil(Number(reset), headers) };
  }
  const tooMuch = problems.find(({ type }) => type !== undefined && TOO_MUCH.has(type));
  if (tooMuch) return { kind: "again", said: tooMuch.message, isTooMuch: true };
  const invalid = problems.find(isInvalid);
  if (invalid) return { kind: "error", error: unknownField(invalid) };
  const passing = problems.find(({ type }) => type === undefined || !LASTING.has(type));
  if (passing) return { kind: "again", said: passing.message, isTooMuch: false, answer };
  return answer.data === null && problems[0]
    ? { kind: "error", error: new SourceError("github", "auth", problems[0].message) }
    : { kind: "answer", answer };
}

interface Body {
  readonly data?: Answer["data"];
  readonly errors?: readonly Problem[];
}

const isAnswer = (body: unknown): body is Body =>
  typeof body === "object" && body !== null && ("data" in body || "errors" in body);

/** Errors of validation come without a path: nothing was executed. */
const isInvalid = ({ path, type, extensions }: Problem) =>
  path === undefined && type === undefined && extensions?.code !== undefined;

const unknownField = ({ message }: Problem) =>
  new SourceError(
    "github",
    "schema",
    `does not know what is asked for: ${message}. An Enterprise Server needs version 3.14 or later; github.com means a newer Quarterdeck is needed`,
  );

const unexpected = ({ status, body }: Received) =>
  new SourceError(
    "github",
    status === 403 ? "auth" : status === 404 ? "missing" : "schema",
    `answered with status ${status}${messageOf(body) === "" ? "" : `: ${messageOf(body)}`}. Is url the address of the API?`,
  );

export function messageOf(body: unknown): string {
  const { message } = (typeof body === "object" && body !== null ? body : {}) as { message?: unknown };
  return typeof message === "string" ? message : "";
}
