import { z } from "zod";
import type { Page, RawRecord, Stream } from "../../contract.ts";
import type { PagerDutyConfig } from "../config.ts";
import { PAYMENT_REQUIRED } from "../failures.ts";
import { type List, whole } from "../lists.ts";
import type { Session } from "../session.ts";

const named = z.looseObject({ id: z.string().min(1), name: z.string() });

const SERVICES: List = {
  path: "/services",
  field: "services",
  shape: named.extend({ created_at: z.iso.datetime({ offset: true }) }),
  parameters: { time_zone: "UTC", sort_by: "name" },
};

const PRIORITIES: List = { path: "/priorities", field: "priorities", shape: named, noneAt: PAYMENT_REQUIRED };

/** Lists without a time of update, which are short: read as a whole, so that what is deleted is missed. */
const snapshotStream = (session: Session, name: string, list: List): Stream<PagerDutyConfig> => ({
  name,
  needs: [],
  async *pages(_, __, context): AsyncGenerator<Page> {
    session.client.reportTo(context);
    const records = new Map<string, RawRecord>();
    let total: number | undefined;
    for await (const page of whole(session.client, list)) {
      for (const item of page.items) records.set(item.id, { key: item.id, payload: item });
      total = page.total;
    }
    // A list that changed while it was read may lack some: nothing is taken for deleted then.
    const isWhole = total === undefined || records.size >= total;
    yield {
      records: [...records.values()],
      cursor: null,
      ...(total === undefined ? {} : { declaredTotal: total }),
      ...(isWhole ? { isSnapshotEnd: true } : {}),
    };
  },
});

export const serviceStream = (session: Session) => snapshotStream(session, "service", SERVICES);
export const priorityStream = (session: Session) => snapshotStream(session, "priority", PRIORITIES);
