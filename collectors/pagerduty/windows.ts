import { z } from "zod";

/** A span of time of which a list is not read to its end yet. Instants are in UTC. */
const span = z.object({
  since: z.string(),
  until: z.string(),
  /** How many records of it are read. */
  offset: z.number().int(),
  /** How many it had, by its last page. */
  total: z.number().int().optional(),
});

/** How far a list is read that is asked for by time. */
export const progress = z.object({
  /** Until when it was asked for; what is open of it stands below. */
  until: z.string(),
  /** Newest first. A run that was cut short leaves its own behind, beside those of earlier ones. */
  open: z.array(span),
});

export type Span = z.output<typeof span>;
export type Progress = z.output<typeof progress>;

const DAY = 86_400_000;
/** PagerDuty refuses longer ones than six months, of which the shortest has 181 days. */
const LONGEST = 180 * DAY;

/** PagerDuty takes and gives whole seconds. */
export const instant = (time: Date | number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** From an instant to another, in spans that PagerDuty takes, newest first. */
export function spansOf(since: string, until: string): Span[] {
  const spans: Span[] = [];
  for (let end = Date.parse(until); end > Date.parse(since); end -= LONGEST) {
    const begin = Math.max(Date.parse(since), end - LONGEST);
    spans.push({ since: instant(begin), until: instant(end), offset: 0 });
  }
  return spans;
}

/** Both halves, newest first; undefined where it is too short. */
export function halvesOf({ since, until }: Span): Span[] | undefined {
  const middle = instant((Date.parse(since) + Date.parse(until)) / 2);
  if (middle === since || middle === until) return undefined;
  return [
    { since: middle, until, offset: 0 },
    { since, until: middle, offset: 0 },
  ];
}

/** What a run has to read: from some time before where the last one ended, and what that left open. */
export function resumed(before: Progress | undefined, first: string, now: string, lag: number): Progress {
  const since = before ? instant(Date.parse(before.until) - lag * 1000) : first;
  const from = since < first ? first : since;
  return { until: now, open: [...spansOf(from, now), ...(before?.open ?? [])] };
}
