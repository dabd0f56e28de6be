import { z } from "zod";
import type { Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { isWeekApart } from "../../week.ts";
import type { PagerDutyConfig } from "../config.ts";
import { cursorOf, remembered } from "../cursor.ts";
import { unexpected } from "../failures.ts";
import { assertShape, type Item, textIn, walk, whole } from "../lists.ts";
import { INCIDENTS, LOG_ENTRIES, type Session } from "../session.ts";
import { progress, resumed, spansOf } from "../windows.ts";

const incidentState = z.object({
  /** The list of incidents, which goes by creation. */
  created: progress,
  /** The log of what happened to them: whoever stands in it has changed. */
  changed: progress,
  /** Incidents that were not resolved when last read. */
  open: z.array(z.string()),
  /** How many there were, and how many stored, when all were last listed; and when that was. */
  compared: z.object({ counts: z.string(), at: z.number() }).nullable().default(null),
});

interface IncidentState extends z.output<typeof incidentState> {
  readonly compared: { readonly counts: string; readonly at: number };
}

/** Bounds the cursor: all that are open are listed in every run anyway. */
const MOST_OPEN = 1_000;
/**
 * PagerDuty lists incidents by creation and has no time of update to ask for. What changes later is found in the log, which
 * can be read with the incidents as they are now, and in the list of those that are not resolved.
 */
export const incidentStream = (session: Session): Stream<PagerDutyConfig> => ({
  name: "incident",
  needs: [],
  async *pages(config, cursor, context) {
    session.client.reportTo(context);
    const { now, first, incidents } = await session.extent();
    const before = remembered(incidentState, cursor, config);
    const at = context.now?.getTime() ?? 0;
    yield* new Incidents(session, context, begun(before, { now, first, lag: config.lag, at })).pages();
    session.areIncidentsRead = incidents !== undefined;
  },
});

function begun(
  before: z.output<typeof incidentState> | undefined,
  { now, first, lag, at }: { now: string; first: string; lag: number; at: number },
): IncidentState {
  return {
    created: resumed(before?.created, first, now, lag),
    // What the first run lists is as it is now: nothing was missed before it.
    changed: before ? resumed(before.changed, first, now, lag) : { until: now, open: [] },
    open: before?.open ?? [],
    // The first run lists all, also where it is cut short.
    compared: before?.compared ?? { counts: "", at },
  };
}

class Incidents {
  readonly #session: Session;
  readonly #context: StreamContext;
  readonly #seen = new Set<string>();
  #state: IncidentState;

  constructor(session: Session, context: StreamContext, state: IncidentState) {
    this.#session = session;
    this.#context = context;
    this.#state = state;
  }

  async *pages(): AsyncGenerator<Page> {
    yield* this.#created();
    yield* this.#changed();
    yield* this.#open();
    yield* this.#compared();
    const { incidents } = await this.#session.extent();
    yield { ...this.#pageOf([]), ...(incidents === undefined ? {} : { declaredTotal: incidents }) };
  }

  async *#created(): AsyncGenerator<Page> {
    for await (const { items, progress: created } of walk(
      this.#session.client,
      INCIDENTS,
      this.#state.created,
    )) {
      this.#state = { ...this.#state, created };
      yield this.#pageOf(items.map(recordOf));
    }
  }

  async *#changed(): AsyncGenerator<Page> {
    const log = { ...LOG_ENTRIES, parameters: { ...LOG_ENTRIES.parameters, "include[]": ["incidents"] } };
    for await (const { items, progress: changed } of walk(this.#session.client, log, this.#state.changed)) {
      const records = await this.#recordsOf(items);
      this.#state = { ...this.#state, changed };
      yield this.#pageOf(records);
    }
  }

  /** Incidents of log entries, as they are now. */
  async #recordsOf(entries: readonly Item[]): Promise<RawRecord[]> {
    const incidents = new Map(entries.map(({ incident }) => [(incident as Item).id, incident as Item]));
    const records: RawRecord[] = [];
    for (const [id, incident] of incidents) {
      if (this.#seen.has(id)) continue;
      // Where PagerDuty gives no more than a reference after all, it is asked for the incident.
      records.push(isWhole(incident) ? recordOf(incident) : await this.#byId(id));
    }
    return records;
  }

  /** Those that are not resolved, and those that were not when last read. */
  async *#open(): AsyncGenerator<Page> {
    const parameters = { date_range: "all", "statuses[]": ["triggered", "acknowledged"] };
    for await (const { items, total = 0 } of whole(this.#session.client, INCIDENTS, parameters)) {
      yield this.#pageOf(items.map(recordOf));
      if (total <= MOST_OPEN) continue;
      this.#context.warn(tooManyOpen(total));
      break;
    }
    for (const id of this.#state.open.filter((one) => !this.#seen.has(one)))
      yield this.#pageOf([await this.#byId(id)]);
  }

  /**
   * Where PagerDuty has more or fewer than are stored, and once a week, since one may be gone and another shown again: all are
   * listed. A difference that stays is looked into once.
   */
  async *#compared(): AsyncGenerator<Page> {
    const { incidents: total, first, now } = await this.#session.extent();
    const { stored, now: began } = this.#context;
    if (!stored || total === undefined) return;
    const keys = new Set((await stored.startingWith("")).keys());
    const at = began?.getTime() ?? 0;
    const { compared } = this.#state;
    const isKnown = total === keys.size || compared.counts === `${total} ${keys.size}`;
    if (isKnown && !isWeekApart(at, compared.at)) return;
    const there = new Set<string>();
    const all = { until: now, open: spansOf(first, now) };
    for await (const { items } of walk(this.#session.client, INCIDENTS, all)) {
      for (const { id } of items) there.add(id);
      yield this.#pageOf(items.map(recordOf));
    }
    const gone = [...keys].filter((key) => !there.has(key));
    this.#state = { ...this.#state, compared: { counts: `${total} ${there.size}`, at } };
    yield this.#pageOf(gone.map((key) => ({ key, payload: null })));
  }

  async #byId(id: string): Promise<RawRecord> {
    const path = `/incidents/${encodeURIComponent(id)}`;
    const { status, body } = await this.#session.client.get(path, {}, [404]);
    if (status === 404) return { key: id, payload: null };
    const { incident } = (typeof body === "object" && body !== null ? body : {}) as { incident?: unknown };
    if (typeof incident !== "object" || incident === null)
      throw unexpected("/incidents", `${id} under incident`);
    assertShape("/incidents", INCIDENTS.shape, incident);
    return recordOf(incident as Item);
  }

  /** What is final is not asked for again, unless the log names it. */
  #pageOf(records: readonly RawRecord[]): Page {
    const open = new Set(this.#state.open);
    for (const { key, payload } of records) {
      this.#seen.add(key);
      open.delete(key);
      if (payload !== null && (payload as Item)["status"] !== "resolved") open.add(key);
    }
    this.#state = { ...this.#state, open: [...open].slice(-MOST_OPEN) };
    const unique = new Map(records.map((record) => [record.key, record]));
    return { records: [...unique.values()], cursor: cursorOf(this.#state, this.#session.config) };
  }
}

/** Whether it is the incident itself and not a reference to it. */
const isWhole = (incident: Item) =>
  incident["type"] === "incident" && INCIDENTS.shape.safeParse(incident).success;

const recordOf = (item: Item): RawRecord => {
  const at =
    textIn(item, "updated_at") ?? textIn(item, "last_status_change_at") ?? textIn(item, "created_at");
  return { key: item.id, ...(at === undefined ? {} : { updatedAt: at }), payload: item };
};

const tooManyOpen = (count: number) =>
  `${count} incidents are not resolved, too many to look at in every run: changes of which the log says nothing, such as the number of alerts, may be missed`;
