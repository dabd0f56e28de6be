import type { Warehouse } from "../warehouse/open.ts";

/** Reads whole relations, each in its own order. */
export const reader =
  (warehouse: Warehouse) =>
  <Row extends object>(relation: string) =>
    warehouse.rows<Row>(`from ${relation} order by rowid`);
