import { SourceError } from "../../../src/errors.ts";
import type { JiraConfig } from "../config.ts";

/** An answer, read to its end; without a body where what came is not JSON. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly isWhole: boolean;
}

/** What to do about a request. */
export type Outcome =
  | { readonly kind: "body"; readonly body: unknown }
  | { readonly kind: "again"; readonly said: string }
  /** Nothing more before so many seconds are over; undefined where Jira does not say. */
  | { readonly kind: "wait"; readonly seconds: number | undefined }
  | { readonly kind: "refused"; readonly error: Refused };

/** Jira's no to one request, in its own words. */
export class Refused extends SourceError {
  readonly status: number;
  readonly said: string;

  constructor(failure: "auth" | "missing" | "schema", status: number, said: string, message: string) {
    super("jira", failure, message);
    this.status = status;
    this.said = said;
  }
}

export function outcomeOf(config: JiraConfig, path: string, received: Received): Outcome {
  const { status, headers, body, isWhole } = received;
  if (status === 429) return { kind: "wait", seconds: secondsToWait(headers) };
  // Also Jira's own load shedding says how long it lasts.
  if (status === 503 && headers.has("retry-after")) return { kind: "wait", seconds: secondsToWait(headers) };
  if (status >= 500) return { kind: "again", said: `status ${status}` };
  if (status >= 400) return { kind: "refused", error: refusal(config, path, received) };
  if (!isWhole) return { kind: "again", said: "an answer that is no JSON or ends too early" };
  return { kind: "body", body };
}

const LONGEST_WAIT = 3_660;

/** `Retry-After` in seconds or as a date, else the end of the window that the headers name. */
export function secondsToWait(headers: Headers): number | undefined {
  const after = headers.get("retry-after");
  const seconds =
    after === null
      ? secondsUntil(headers.get("x-ratelimit-reset"))
      : /^\d+$/.test(after)
        ? Number(after)
        : secondsUntil(after);
  return seconds === undefined ? undefined : Math.min(LONGEST_WAIT, Math.max(0, seconds));
}

function secondsUntil(date: string | null): number | undefined {
  const until = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(until) ? undefined : Math.ceil((until - Date.now()) / 1000);
}

function refusal({ token, email, deployment }: JiraConfig, path: string, received: Received): Refused {
  const { status, headers } = received;
  const said = wordsOf(received.body);
  const because = said === "" ? "" : `: ${said}`;
  if (status === 401) {
    const holder = email === undefined ? "" : ` with the address ${email}`;
    const remedy =
      deployment === "cloud" && email === undefined
        ? "renew it, or set email if it is an API token"
        : "make a new one";
    return new Refused(
      "auth",
      status,
      said,
      `the token in ${token.variable}${holder} is not accepted: it is wrong, expired or revoked; ${remedy}`,
    );
  }
  if (headers.get("x-seraph-loginreason")?.includes("AUTHENTICATION_DENIED") === true)
    return new Refused(
      "auth",
      status,
      said,
      "Jira asks the token's owner for a CAPTCHA: log in once in a browser, then collect again",
    );
  if (status === 403)
    return new Refused(
      "auth",
      status,
      said,
      `${path} is not allowed${because}: give the token's owner the permission that collectors/jira/README.md names`,
    );
  if (status === 404)
    return new Refused(
      "missing",
      status,
      said,
      `${path} is not there${because}. Is url the address of Jira, and deployment right?`,
    );
  return new Refused("schema", status, said, `${path}: answered with status ${status}${because}`);
}

/** What Jira says in its several forms of error. */
export function wordsOf(body: unknown): string {
  if (typeof body !== "object" || body === null) return "";
  const { errorMessages, errors, errorMessage, message } = body as Record<string, unknown>;
  const named = typeof errors === "object" && errors !== null ? Object.values(errors) : [];
  const all = [
    ...(Array.isArray(errorMessages) ? (errorMessages as unknown[]) : []),
    ...(named as unknown[]),
    errorMessage,
    message,
  ];
  return all
    .filter((one) => typeof one === "string" && one !== "")
    .join(" ")
    .slice(0, 500);
}
