import { Chance } from "../../support/chance.ts";
import { cut, loginPage, truncated } from "../server/damage.ts";
import { byRule as byRuleWhere, type FaultRule as AnyRule, limitedInARow } from "../server/faults.ts";
import type { Sent } from "../server/send.ts";
import type { Reply } from "./routes.ts";

/** What may go wrong with an answer. */
export type Fault =
  | { readonly kind: "unavailable"; readonly status: 500 | 502 | 503 | 504 }
  | {
      readonly kind: "too-many";
      readonly seconds: number;
      readonly header?: "retry-after" | "x-ratelimit-reset";
    }
  | { readonly kind: "truncated-json" }
  /** The connection breaks after half of the body. */
  | { readonly kind: "cut" }
  | { readonly kind: "unauthorized" }
  | { readonly kind: "forbidden" }
  /** A page's token is no longer good; strikes only where one is sent. */
  | { readonly kind: "expired-token" }
  /** The first list in the answer is a word. */
  | { readonly kind: "other-shape" }
  | { readonly kind: "html" }
  /** A redirect to another origin. */
  | { readonly kind: "redirect-away" };

export interface FaultRule extends AnyRule<Fault> {
  /** Only these requests: a part of the path. */
  readonly of?: string;
}

export interface Target {
  readonly path: string;
  readonly body: string;
}

/** Says of each request in turn what goes wrong with it. */
export type FaultPlan = (target: Target) => Fault | undefined;

export const byRule = (rules: readonly FaultRule[]): FaultPlan =>
  byRuleWhere(
    rules,
    ({ fault, of }, target) => (of === undefined || target.path.includes(of)) && concerns(fault, target),
  );

const concerns = ({ kind }: Fault, { path, body }: Target) =>
  kind !== "expired-token" || (path.endsWith("/search/jql") && body.includes("nextPageToken"));

/** What a client must get over by itself. Limits ask for no wait, so that tests need none. */
export const PASSING_FAULTS: readonly Fault[] = [
  ...([500, 502, 503, 504] as const).map((status) => ({ kind: "unavailable", status }) as const),
  { kind: "too-many", seconds: 0 },
  { kind: "truncated-json" },
  { kind: "cut" },
  { kind: "expired-token" },
];

/** What ends a run, so that the next has to go on. */
export const ENDING_FAULTS: readonly Fault[] = [
  { kind: "unauthorized" },
  { kind: "forbidden" },
  { kind: "other-shape" },
  { kind: "html" },
  { kind: "redirect-away" },
];

/** Faults at random: the same seed and order of requests give the same faults. Of a thousand, `ending` end the run. */
export function atRandom({
  seed,
  percent,
  ending = 0,
}: {
  readonly seed: number;
  readonly percent: number;
  readonly ending?: number;
}): FaultPlan {
  const chance = new Chance(seed);
  const isStruck = limitedInARow();
  return (target) => {
    const strikes = chance.percent(percent);
    const fault = chance.whole(1, 1_000) <= ending ? chance.of(ENDING_FAULTS) : chance.of(PASSING_FAULTS);
    return isStruck(strikes) && fault && concerns(fault, target) ? fault : undefined;
  };
}

export function damage(whole: Reply, fault: Fault | undefined, elsewhere: string, path: string): Sent {
  const sent = {
    status: whole.status,
    headers: { "content-type": "application/json;charset=UTF-8", ...whole.headers },
    text: JSON.stringify(whole.body),
  };
  switch (fault?.kind) {
    case undefined:
      return sent;
    case "unavailable":
      return {
        ...sent,
        status: fault.status,
        text: "<html>Atlassian Cloud Notifications - Page Unavailable</html>",
      };
    case "too-many":
      return { ...sent, status: 429, headers: { ...sent.headers, ...limitOf(fault) }, text: "" };
    case "truncated-json":
      return truncated(sent);
    case "cut":
      return cut(sent);
    case "unauthorized":
      return { ...sent, status: 401, text: "Client must be authenticated to access this resource." };
    case "forbidden":
      return {
        ...sent,
        status: 403,
        text: JSON.stringify({ errorMessages: ["You do not have permission."] }),
      };
    case "expired-token":
      return {
        ...sent,
        status: 400,
        text: JSON.stringify({ errorMessages: ["The provided next page token is invalid or expired."] }),
      };
    case "other-shape":
      return {
        ...sent,
        text: sent.text.replace(/:\[|^\[.*\]$/s, (found) =>
          found === ":[" ? ':"changed","was":[' : '"changed"',
        ),
      };
    case "html":
      return loginPage(sent);
    case "redirect-away":
      return { ...sent, status: 302, headers: { ...sent.headers, location: elsewhere + path }, text: "" };
  }
}

function limitOf({
  seconds,
  header = "retry-after",
}: Extract<Fault, { kind: "too-many" }>): Readonly<Record<string, string>> {
  if (header === "retry-after") return { [header]: String(seconds) };
  const now = new Date();
  now.setUTCMilliseconds(0);
  return { date: now.toUTCString(), [header]: new Date(now.getTime() + seconds * 1000).toISOString() };
}
