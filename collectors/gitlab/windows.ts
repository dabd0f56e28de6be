import { z } from "zod";
import { unexpected } from "./failures.ts";
import { type List, type Listed, type ListPage, pageOf } from "./lists.ts";

/** A span of times of update of which a list is not read to its end yet. Instants are in UTC; an empty one is no limit. */
const span = z.object({
  since: z.string(),
  until: z.string(),
  /** More than one page only where more records than fit one were updated in the same thousandth of a second. */
  page: z.int().positive(),
});

export const progress = z.object({
  /** When the last run began: the next looks at what was updated since. */
  until: z.string(),
  /** Newest first. A run that was cut short leaves its own behind, beside those of earlier ones. */
  open: z.array(span),
});

export type Span = z.output<typeof span>;
export type Progress = z.output<typeof progress>;

export interface Updated extends Record<string, unknown> {
  readonly updated_at: string;
}

/** A list that can be asked for by time of update, newest first. */
export interface Timed<Item> extends Omit<List<Item>, "ask"> {
  readonly ask: (window: Window, page: number) => Promise<Listed<Item>>;
}

export interface Window {
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

export const millisecondsOf = ({ updated_at }: Updated): number => Date.parse(updated_at);

const iso = (at: number) => new Date(at).toISOString();

/**
 * GitLab keeps millionths of a second and says thousandths: up to a thousandth means up to the last millionth of it, else what
 * happened in it would be in no span.
 */
export const windowOf = ({ since, until }: Pick<Span, "since" | "until">): Window => ({
  ...(since !== "" && { updatedAfter: since }),
  ...(until !== "" && { updatedBefore: until.replace(/Z$/, "999Z") }),
});

/** What a run has to read: from some time before the last one began, and what that left open. */
export function resumed(before: Progress | undefined, { now, first, lag }: Bounds): Progress {
  const from = before ? iso(Date.parse(before.until) - lag * 1000) : first;
  const since = from < first ? first : from;
  return { until: iso(now.getTime()), open: [{ since, until: "", page: 1 }, ...(before?.open ?? [])] };
}

export interface Bounds {
  readonly now: Date;
  /** Before it nothing is read; an empty one is no limit. */
  readonly first: string;
  /** Seconds. */
  readonly lag: number;
}

/**
 * What is open of a list, page by page, newest first, each page from the time of the last record of the one before: by number, records would
 * be lost that move while they are read. Each page comes with what is open after it.
 */
export async function* walk<Item extends Updated>(
  list: Timed<Item>,
  { open: left }: Progress,
): AsyncGenerator<{ readonly items: readonly Item[]; readonly open: readonly Span[] }> {
  for (let open: readonly Span[] = left; open[0];) {
    const [current, ...others] = open as [Span, ...Span[]];
    const { items, next } = await spanPage(list, current);
    const last = items.at(-1);
    open = next === null || !last ? others : [further(current, last, next), ...others];
    yield { items, open };
  }
}

async function spanPage<Item extends Updated>(list: Timed<Item>, current: Span): Promise<ListPage<Item>> {
  const page = await pageOf({ ...list, ask: (number) => list.ask(windowOf(current), number) }, current.page);
  assertWithin(list.what, current, page.items);
  return page;
}

function further(current: Span, last: Updated, next: number): Span {
  const until = iso(millisecondsOf(last));
  return until === current.until ? { ...current, page: next } : { ...current, until, page: 1 };
}

/** @throws {SourceError} where a condition or the order was left out: nobody says so but the records themselves */
function assertWithin(what: string, { since, until }: Span, items: readonly Updated[]): void {
  let latest = until === "" ? Infinity : Date.parse(until);
  const earliest = since === "" ? -Infinity : Date.parse(since);
  for (const at of items.map(millisecondsOf)) {
    if (at > latest || at < earliest)
      throw unexpected(
        what,
        "records by time of update, which GitLab before version 16 does not give for all lists",
      );
    latest = at;
  }
}
