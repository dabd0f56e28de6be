import { SourceError } from "../../src/errors.ts";
import type { Answer } from "../http/answer.ts";

/** What a token needs for each list, as PagerDuty's forms call it, and what is missing without it. */
export const NEEDS = {
  "/services": {
    scope: "services.read",
    without: "services: incidents then name services that may be gone or renamed",
  },
  "/incidents": { scope: "incidents.read", without: "incidents, and with them whether deployments failed" },
  "/log_entries": {
    scope: "incidents.read",
    without: "log entries: no time of acknowledgement, no notes, and late changes of incidents",
  },
  "/priorities": {
    scope: "priorities.read",
    without: "the list of priorities: severities then have no order",
  },
  "/change_events": { scope: "change_events.read", without: "change events" },
} as const;

export type Address = keyof typeof NEEDS;

/** The plan of the account has not what was asked for. */
export const PAYMENT_REQUIRED = 402;

/** What an answer that is none means here; undefined where it means what it means everywhere. */
export function explain({ status, body }: Answer, path: string): SourceError | undefined {
  const said = messageOf(body);
  const [address, need] = Object.entries(NEEDS).find(([known]) => path.startsWith(known)) ?? [];
  if (status === 403 && need)
    return refused(
      `the token may not read ${need.without} (${address})`,
      said,
      `give it "${need.scope}", or use a read-only key of the whole account`,
    );
  if (status === PAYMENT_REQUIRED)
    return refused(`the account's plan does not include ${path}`, said, "ask the owner of the account");
  if (status === 400)
    return new SourceError(
      "pagerduty",
      "schema",
      `${path}: PagerDuty does not take what is asked for${said}; a newer Quarterdeck is needed`,
    );
  return undefined;
}

const refused = (what: string, said: string, remedy: string) =>
  new SourceError("pagerduty", "auth", `${what}${said}: ${remedy}`);

/** PagerDuty's own words, in brackets. */
function messageOf(body: unknown): string {
  const { error } = (typeof body === "object" && body !== null ? body : {}) as {
    error?: { message?: unknown; errors?: unknown };
  };
  const details: unknown[] = Array.isArray(error?.errors) ? error.errors : [];
  const words = [error?.message, ...details].filter((one) => typeof one === "string");
  return words.length === 0 ? "" : ` (PagerDuty says: ${words.join(": ")})`;
}

/** @throws {SourceError} an answer of another shape than PagerDuty promises */
export function unexpected(path: string, expected: string): SourceError {
  return new SourceError(
    "pagerduty",
    "schema",
    `${path}: expected ${expected}, found something else: is url the address of PagerDuty's API, version 2? If it is, please report it`,
  );
}
