import type { Allowance, Forecast } from "../../collectors/contract.ts";
import { amount, duration } from "./words.ts";

const HOUR = 3_600;

/** A forecast in words: all of it for a dry run; for a run only what somebody who waits should know. */
export function forecastSentences(forecast: Forecast, now: Date): { readonly ofPlan: string[]; readonly ofRun: string[] } {
  const { calls, points, allowance, apart } = forecast;
  const costs = [...(points === undefined ? [] : [amount(points, "point")]), amount(calls, "request")];
  const needed = points ?? calls;
  const ofRun = [
    ...(allowance ? overrun(Math.min(needed, forecast.most ?? needed), allowance, now) : []),
    ...(apart?.allowance ? overrun(Math.min(apart.calls, forecast.most ?? apart.calls), apart.allowance, now, "requests ") : []),
  ];
  return {
    ofPlan: [`it will cost about ${costs.join(" and ")}`, ...bound(forecast), ...(allowance ? [leftOf(allowance, now)] : []), ...ofRun],
    ofRun: ofRun.map((sentence) => `it will cost about ${costs.join(" and ")}: ${sentence}`),
  };
}

function bound({ calls, points: inPoints = calls, apart, least, most }: Forecast): string[] {
  const points = inPoints + (apart?.calls ?? 0);
  if (most === undefined || most >= points) return [];
  if (most <= least)
    return [`it stops after ${amount(most)}, and finding nothing new takes ${amount(least)}: give it more, or it never gets to its end`];
  return [`it stops after ${amount(most)}: all of it takes about ${amount(Math.ceil((points - least) / (most - least)), "run")}`];
}

const leftOf = ({ left, perHour, reserve, resetsAt }: Allowance, now: Date): string =>
  `${amount(left)} of ${amount(perHour)} are left of this hour, which is over in ${duration(secondsTo(resetsAt, now))}; ` +
  `${amount(reserve)} of each hour are left to others`;

function overrun(needed: number, allowance: Allowance, now: Date, what = ""): string[] {
  const { left, perHour, reserve, resetsAt } = allowance;
  const over = needed - Math.max(0, left - reserve);
  if (over <= 0) return [];
  if (perHour <= reserve) return [`reserve leaves nothing of the ${amount(perHour)} that an hour gives: lower it`];
  const hours = Math.ceil(over / (perHour - reserve));
  const seconds = secondsTo(resetsAt, now) + (hours - 1) * HOUR;
  return [
    `that is more than the ${amount(Math.max(0, left - reserve))} ${what}that may be used of this hour, so it takes more than ${duration(seconds)}; ` +
      "it may be interrupted at any time, and the next run goes on",
  ];
}

const secondsTo = (at: Date, now: Date) => Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 1000));
