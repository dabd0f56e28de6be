import type { Warehouse } from "../../src/warehouse/open.ts";
import { acmeBank } from "./acme-bank.ts";
import { acmeDocument } from "./acme-document.ts";

/** What must be equal to the row, whichever way the history came. */
export const COMPARED = [
  "metrics.metric",
  "metrics.quick_check",
  "metrics.wave_outcome",
  "metrics.recovery_fact",
  "metrics.lead_time_fact",
  "metrics.lead_time_stage",
  "metrics.waiting_change",
  "correlation.incident_link",
  "correlation.incident_link_reason",
  "model.deployment",
  "model.change",
  "model.change_review",
  "model.incident",
  "model.release",
] as const;

/** The bank collected from exports, or from events. */
export const acme = (way: "exports" | "events", scale: number): Promise<Warehouse> =>
  acmeBank({
    scale,
    events: way === "events",
    document: acmeDocument(way === "events" ? "events.yaml" : "quarterdeck.yaml"),
    without: ["controls", "expectations", "reports", "publish"],
  });

/** All rows of a relation in a total order. */
export const allRows = (warehouse: Warehouse, relation: string) =>
  warehouse.rows(`select * from ${relation} order by all`);
