import { z } from "zod";
import type { Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { isWeekApart } from "../../week.ts";
import type { PagerDutyConfig } from "../config.ts";
import { cursorOf, remembered } from "../cursor.ts";
import { type Item, type List, textIn, walk, whole } from "../lists.ts";
import { LOG_ENTRIES, type Session } from "../session.ts";
import { instant, progress, type Progress, resumed, spansOf } from "../windows.ts";

const timedState = progress.extend({
  asked: z.array(z.string()).default([]),
  listed: z.number().nullable().default(null),
});

/** What is known beside what time tells. */
interface Past {
  /** Incidents whose log was asked for by itself. */
  readonly asked: readonly string[];
  /** When all was last listed. The first run begins with it: what it passed over since it was cut short is found as soon. */
  readonly listed: number;
}

interface Late {
  readonly records: readonly RawRecord[];
  readonly past: Past;
}

interface TimedSpec {
  readonly name: string;
  readonly list: List;
  readonly taken: (item: Item) => RawRecord | undefined;
  /** When the first of them may have happened, where that is not told by incidents. */
  readonly first?: (context: StreamContext) => Promise<string | undefined>;
  /** What time does not tell: what became visible long after it happened, and what is there no longer. */
  readonly late?: (session: Session, context: StreamContext, before: Past) => AsyncGenerator<Late>;
}

/**
 * A list of what happened: asked for by time, and never changed afterwards. Once a week all of it is listed: what belongs to a
 * service that was hidden from the token's owner for a while is as old as it is.
 */
const timedStream = (session: Session, spec: TimedSpec): Stream<PagerDutyConfig> => ({
  name: spec.name,
  needs: [],
  async *pages(config, cursor, context): AsyncGenerator<Page> {
    const { list, taken, late } = spec;
    session.client.reportTo(context);
    const { now } = await session.extent();
    const first = await firstOf(session, spec, context);
    const before = remembered(timedState, cursor, config);
    const began = context.now?.getTime() ?? 0;
    const known: Past = { asked: before?.asked ?? [], listed: before?.listed ?? began };
    let state: Progress = resumed(before, first, now, config.lag);
    const pageOf = (records: readonly (RawRecord | undefined)[], { asked, listed }: Past): Page => ({
      records: records.filter((record) => record !== undefined),
      cursor: cursorOf({ ...state, asked, listed }, config),
    });
    for await (const { items, progress: reached } of walk(session.client, list, state)) {
      state = reached;
      yield pageOf([...new Map(items.map((item) => [item.id, taken(item)])).values()], known);
    }
    let reached = known;
    for await (const { records, past: after } of late?.(session, context, known) ?? []) {
      reached = after;
      yield pageOf(records, after);
    }
    if (!isWeekApart(began, reached.listed)) {
      yield pageOf([], reached);
      return;
    }
    for await (const { items } of walk(session.client, list, { until: now, open: spansOf(first, now) }))
      yield pageOf(items.map(taken), reached);
    yield pageOf([], { ...reached, listed: began });
  },
});

/** The first day that somebody set, or else what is earlier. */
async function firstOf(session: Session, { first }: TimedSpec, context: StreamContext): Promise<string> {
  const { first: usual } = await session.extent();
  const own = session.config.since === undefined ? await first?.(context) : undefined;
  return own !== undefined && own < usual ? own : usual;
}

function recordOf(item: Item, timeField: string): RawRecord {
  const at = textIn(item, timeField);
  return { key: item.id, ...(at === undefined ? {} : { updatedAt: at }), payload: item };
}

/** Whom PagerDuty called on which telephone is nobody's business here, and the greater part of all entries. */
const NOT_KEPT = new Set(["notify_log_entry"]);

const entryOf = (item: Item) =>
  NOT_KEPT.has(textIn(item, "type") ?? "") ? undefined : recordOf(item, "created_at");

const LOG: List = {
  ...LOG_ENTRIES,
  parameters: { ...LOG_ENTRIES.parameters, "include[]": ["channels"] },
};

/** Bounds the cursor, and what is asked of an account that keeps its incidents longer than their log. */
const MOST_ASKED = 1_000;
const NOT_FOUND = 404;

/** An incident whose first entry is not known is shown again, and its log is read; entries of incidents that are gone go with them. */
async function* logsOf(
  { client, areIncidentsRead }: Session,
  { stored, storedOf }: StreamContext,
  before: Past,
): AsyncGenerator<Late> {
  if (!areIncidentsRead || !stored || !storedOf) return;
  const incidents = await storedOf("incident").saying("", ["$.first_trigger_log_entry.id"]);
  const entries = await stored.saying("", ["$.incident.id"]);
  const gone = [...entries].filter(([, [incident]]) => !incidents.has(incident ?? ""));
  const asked = before.asked.filter((id) => incidents.has(id));
  yield { records: gone.map(([key]) => ({ key, payload: null })), past: { ...before, asked } };
  const silent = [...incidents]
    .filter(([id, [entry]]) => !asked.includes(id) && entry && !entries.has(entry))
    .map(([id]) => id);
  for (const id of silent.slice(0, MOST_ASKED - asked.length)) {
    const log: List = { ...LOG, path: `/incidents/${encodeURIComponent(id)}/log_entries`, noneAt: NOT_FOUND };
    const records: RawRecord[] = [];
    let isThere = true;
    for await (const { items, total } of whole(client, log)) {
      records.push(...items.map(entryOf).filter((record) => record !== undefined));
      if (total === 0) isThere = false;
    }
    // What is hidden again just now is asked for in the next run.
    if (isThere) asked.push(id);
    yield { records, past: { ...before, asked: [...asked] } };
  }
}

/** What happened to incidents: triggered, acknowledged, escalated, assigned, resolved, noted. */
export const logEntryStream = (session: Session) =>
  timedStream(session, { name: "log_entry", list: LOG, taken: entryOf, late: logsOf });

const CHANGE_EVENTS: List = {
  path: "/change_events",
  field: "change_events",
  shape: z.looseObject({ id: z.string().min(1), timestamp: z.iso.datetime({ offset: true }) }),
};

const changeOf = (item: Item) => recordOf(item, "timestamp");

/**
 * Changes are those of services. The oldest incident may be gone, and what was changed before it would be read in a database that was
 * begun earlier, and not in this one.
 */
async function oldestService({ storedOf }: StreamContext): Promise<string | undefined> {
  const services = await storedOf?.("service").saying("", ["$.created_at"]);
  const times = [...(services?.values() ?? [])].map(([at]) => Date.parse(at ?? ""));
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length === 0 ? undefined : instant(Math.min(...known));
}

export const changeEventStream = (session: Session) =>
  timedStream(session, {
    name: "change_event",
    list: CHANGE_EVENTS,
    taken: changeOf,
    first: oldestService,
  });
