import { lot } from "./adherence/audited.ts";
import { berlin, DAY, localDay } from "./clock.ts";
import type { Ticket } from "./records.ts";

const REGULATIONS = ["DORA", "AnaCredit", "PSD2"] as const;

/** In this quarter what PSD2 asked for waited for everything else. */
const isNeglected = (at: number) => at >= berlin("2026-01-01") && at < berlin("2026-04-01");

/** Day by which a supervisor wants a ticket of regulatory reporting done; every third has one. Most are done days before. */
export function deadlineOf({
  id,
  service,
  resolvedAt,
}: Ticket): { dueOn: string; regulation: string } | undefined {
  if (service.name !== "regulatory-reporting" || lot(id, 3) !== 0) return undefined;
  const regulation = REGULATIONS[lot(`${id} regulation`, 3)] ?? "DORA";
  const isLate = (regulation === "PSD2" && isNeglected(resolvedAt)) || lot(`${id} late`, 15) === 0;
  const spare = isLate ? -(2 + lot(id, 7)) : 1 + lot(id, 20);
  return { dueOn: localDay(resolvedAt + spare * DAY), regulation };
}
