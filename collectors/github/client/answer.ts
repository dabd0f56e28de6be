import { SourceError } from "../../../src/errors.ts";
import { boundedWait } from "../../http/answer.ts";
import type { Resource } from "./credentials.ts";

/** A part of an answer that is not there, in GitHub's words. */
export interface Problem {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

export interface Answer {
  readonly data: Data;
  readonly problems: readonly Problem[];
}

type Data = Readonly<Record<string, unknown>> | null;

/** What GitHub says of a part of its answer. */
export const problemAt = (problems: readonly Problem[], path: readonly (string | number)[]): Problem | undefined =>
  problems.find((problem) => path.every((part, index) => problem.path?.[index] === part));

/** Objects that were asked for by id, in that order. */
export const nodesIn = (data: Data) => (data?.["nodes"] ?? []) as readonly (object | null)[];

export type Headers = Readonly<Record<string, string | number | undefined>>;

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Why an answer is none yet. Octokit's plugins go by its status: 403 and 429 wait, 5xx may work when tried again. */
export interface Fault {
  readonly status: number;
  readonly said: string;
  /** A smaller page may help. */
  readonly isTooMuch?: boolean;
}

/** What the token may not see or what is not there stays so, however often one asks. */
const LASTING = new Set(["NOT_FOUND", "FORBIDDEN", "INSUFFICIENT_SCOPES"]);
const TOO_MUCH = new Set(["RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED"]);

/** Where nothing came, or only a part of an answer before the connection broke. */
export const NOTHING: Received = { status: 0, headers: {}, body: undefined };

/** By these words plugin-throttling knows a limit that is not the hour's. */
const SECONDARY = "secondary rate limit";

/**
 * What is wrong with an answer; undefined = nothing.
 * @throws {SourceError} where asking again does not help
 */
export function faultOf(kind: Resource, received: Received): Fault | undefined {
  const { status } = received;
  if (status === 0) return { status: 504, said: "nothing", isTooMuch: true };
  if (status === 401) return { status, said: `status ${status}` };
  if (isLimit(received)) return { status: 429, said: isHourOver(received.headers) ? "rate limit" : SECONDARY };
  if (status >= 500) return { status, said: `status ${status}`, isTooMuch: status === 502 || status === 504 };
  if (kind === "core") return faultOfRest(received);
  if (status !== 200) throw unexpected(received);
  return faultOfQuery(received);
}

/** GitHub says so with several statuses, headers and words; old servers with others. */
function isLimit({ status, headers, body }: Received): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers["retry-after"] !== undefined ||
    isHourOver(headers) ||
    /secondary rate limit|abuse detection/i.test(messageOf(body))
  );
}

const isHourOver = (headers: Headers) => headers["x-ratelimit-remaining"] === "0";

/** As GitHub says itself; octokit's plugin knows neither 0 nor that clocks differ. */
export function secondsToWait({ headers, body }: Received): number | undefined {
  const seconds = Number(headers["retry-after"]);
  if (!Number.isNaN(seconds)) return seconds;
  const reset = headers["x-ratelimit-reset"];
  return reset !== undefined && (isHourOver(headers) || isRateLimited(body)) ? secondsUntil(Number(reset), headers) : undefined;
}

/** Clocks differ: by this machine's and by GitHub's own, the shorter wait. It is asked again anyway. */
export function secondsUntil(reset: number, headers: Headers): number {
  const date = Date.parse(String(headers["date"] ?? "")) / 1000;
  const waits = [reset - Date.now() / 1000, reset - date].filter((wait) => !Number.isNaN(wait));
  return boundedWait(Math.min(...waits));
}

const faultOfRest = ({ status, body }: Received): Fault | undefined =>
  status === 200 && typeof body === "string" ? { status: 500, said: "an answer that ends too early" } : undefined;

function faultOfQuery({ body, headers }: Received): Fault | undefined {
  if (!isAnswer(body)) return { status: 502, said: "an answer that ends too early", isTooMuch: true };
  const { data, problems } = answerIn(body);
  if (isRateLimited(body))
    return { status: 429, said: headers["x-ratelimit-reset"] === undefined ? SECONDARY : "rate limit" };
  const tooMuch = problems.find(({ type }) => type !== undefined && TOO_MUCH.has(type));
  if (tooMuch) return { status: 502, said: tooMuch.message, isTooMuch: true };
  const invalid = problems.find(isInvalid);
  if (invalid) throw unknownField(invalid);
  const passing = problems.find(({ type }) => type === undefined || !LASTING.has(type));
  if (passing) return { status: 500, said: passing.message };
  if (data === null && problems[0]) throw new SourceError("github", "auth", problems[0].message);
  return undefined;
}

/** What is there, and what of it is not. */
export const answerIn = ({ data, errors }: Body): Answer => ({ data: data ?? null, problems: errors ?? [] });

export const isAnswer = (body: unknown): body is Body =>
  typeof body === "object" && body !== null && ("data" in body || "errors" in body);

const isRateLimited = (body: unknown): boolean =>
  isAnswer(body) && (body.errors ?? []).some(({ type }) => type === "RATE_LIMITED");

interface Body {
  readonly data?: Data;
  readonly errors?: readonly Problem[];
}

/** Errors of validation come without a path: nothing was executed. */
const isInvalid = ({ path, type, extensions }: Problem) =>
  path === undefined && type === undefined && extensions?.code !== undefined;

const unknownField = ({ message }: Problem) =>
  new SourceError(
    "github",
    "schema",
    `does not know what is asked for: ${message}. An Enterprise Server needs version 3.14 or later; github.com means a newer Quarterdeck is needed`,
  );

export const unexpected = ({ status, body }: Received) =>
  new SourceError(
    "github",
    status === 403 ? "auth" : status === 404 ? "missing" : "schema",
    `answered with status ${status}${messageOf(body) === "" ? "" : `: ${messageOf(body)}`}. Is url the address of the API?`,
  );

export function messageOf(body: unknown): string {
  const { message } = (typeof body === "object" && body !== null ? body : {}) as { message?: unknown };
  return typeof message === "string" ? message : "";
}
