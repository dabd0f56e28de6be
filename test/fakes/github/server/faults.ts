import { Chance } from "../../../support/chance.ts";
import { byRule as byRuleWhere, type FaultRule as AnyRule, limitedInARow } from "../../server/faults.ts";

/** What may go wrong with an answer. */
export type Fault =
  | { readonly kind: "bad-gateway" }
  | { readonly kind: "gateway-timeout" }
  /** The connection breaks after half of the body. */
  | { readonly kind: "cut" }
  /** Half of the body, then nothing for so long, then the connection breaks. */
  | { readonly kind: "stall"; readonly milliseconds: number }
  /** A whole answer whose JSON ends too early. */
  | { readonly kind: "truncated-json" }
  /** GraphQL: 200 with RATE_LIMITED; REST: 403 with nothing remaining. */
  | { readonly kind: "rate-limited"; readonly seconds?: number }
  | { readonly kind: "secondary-limit"; readonly retryAfter?: number }
  /** GraphQL: one field of the answer is null, with an error that says so. */
  | { readonly kind: "partial" }
  /** GraphQL: one node of the first connection that has any is null. */
  | { readonly kind: "null-node" }
  | { readonly kind: "unauthorized" }
  /** REST: the token lacks a permission. */
  | { readonly kind: "forbidden" }
  | { readonly kind: "not-found" }
  | { readonly kind: "resource-limits" }
  | { readonly kind: "wrong-clock"; readonly seconds: number }
  /** A redirect to another origin. */
  | { readonly kind: "redirect-away" }
  /** A `next` link to another origin. */
  | { readonly kind: "link-away" };

export interface FaultRule extends AnyRule<Fault> {
  /** Only these requests: a part of the operation's name, route or path. */
  readonly of?: string;
  readonly kind?: "graphql" | "rest";
}

export interface Target {
  readonly kind: "graphql" | "rest";
  readonly name: string;
  readonly path: string;
}

/** Says of each request in turn what goes wrong with it. */
export type FaultPlan = (target: Target) => Fault | undefined;

export const byRule = (rules: readonly FaultRule[]): FaultPlan => byRuleWhere(rules, concerns);

function concerns({ kind, of }: FaultRule, target: Target): boolean {
  if (kind && kind !== target.kind) return false;
  return of === undefined || target.name.includes(of) || target.path.includes(of);
}

/** What a client must get over by itself. Limits ask for no wait, so that tests need none. */
export const PASSING_FAULTS: readonly Fault[] = [
  { kind: "bad-gateway" },
  { kind: "gateway-timeout" },
  { kind: "cut" },
  { kind: "stall", milliseconds: 20 },
  { kind: "truncated-json" },
  { kind: "rate-limited", seconds: 0 },
  { kind: "secondary-limit", retryAfter: 0 },
  { kind: "partial" },
  { kind: "null-node" },
  { kind: "resource-limits" },
];

export interface RandomFaults {
  readonly seed: number;
  /** Of a hundred requests, how many go wrong. */
  readonly percent: number;
  readonly among?: readonly Fault[];
  /** Never more in a row: a client gives up some time. */
  readonly inARow?: number;
}

/** Faults at random: the same seed and order of requests give the same faults. */
export function atRandom({ seed, percent, among = PASSING_FAULTS, inARow = 2 }: RandomFaults): FaultPlan {
  const chance = new Chance(seed);
  const isStruck = limitedInARow(inARow);
  return () => {
    const strikes = chance.percent(percent);
    const fault = chance.of(among);
    return isStruck(strikes) ? fault : undefined;
  };
}
