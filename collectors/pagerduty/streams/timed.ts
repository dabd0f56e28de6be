import { z } from "zod";
import type { Page, RawRecord, Stream } from "../../contract.ts";
import type { PagerDutyConfig } from "../config.ts";
import { cursorOf, remembered } from "../cursor.ts";
import { type Item, type List, textIn, walk } from "../lists.ts";
import { LOG_ENTRIES, type Session } from "../session.ts";
import { progress, resumed } from "../windows.ts";

/** A list of what happened: asked for by time, and never changed afterwards. */
const timedStream = (
  session: Session,
  name: string,
  list: List,
  taken: (item: Item) => RawRecord | undefined,
): Stream<PagerDutyConfig> => ({
  name,
  needs: [],
  async *pages(config, cursor, context): AsyncGenerator<Page> {
    session.client.reportTo(context);
    const { now, first } = await session.extent();
    const begun = resumed(remembered(progress, cursor, config), first, now, config.lag);
    for await (const { items, progress: state } of walk(session.client, list, begun)) {
      const records = new Map(items.map((item) => [item.id, taken(item)]));
      yield {
        records: [...records.values()].filter((record) => record !== undefined),
        cursor: cursorOf(state, config),
      };
    }
  },
});

function recordOf(item: Item, timeField: string): RawRecord {
  const at = textIn(item, timeField);
  return { key: item.id, ...(at === undefined ? {} : { updatedAt: at }), payload: item };
}

/** Whom PagerDuty called on which telephone is nobody's business here, and the greater part of all entries. */
const NOT_KEPT = new Set(["notify_log_entry"]);

/** What happened to incidents: triggered, acknowledged, escalated, assigned, resolved, noted. */
export const logEntryStream = (session: Session) =>
  timedStream(
    session,
    "log_entry",
    { ...LOG_ENTRIES, parameters: { ...LOG_ENTRIES.parameters, "include[]": ["channels"] } },
    (item) => (NOT_KEPT.has(textIn(item, "type") ?? "") ? undefined : recordOf(item, "created_at")),
  );

const CHANGE_EVENTS: List = {
  path: "/change_events",
  field: "change_events",
  shape: z.looseObject({ id: z.string().min(1), timestamp: z.iso.datetime({ offset: true }) }),
};

export const changeEventStream = (session: Session) =>
  timedStream(session, "change_event", CHANGE_EVENTS, (item) => recordOf(item, "timestamp"));
