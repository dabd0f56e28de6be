import { expect } from "vitest";
import { given, onlyControls, type History } from "./history.ts";

export interface Judgement {
  readonly unit: string;
  readonly status: string;
  readonly reason: string;
}

/** Statements over the database as it was collected, before it is asked. */
type Meddling = readonly string[];

/** Results of one control over a history, in order of unit; no other control is asked. */
export async function judged(control: string, history: History, meddling: Meddling = []): Promise<Judgement[]> {
  const warehouse = await given({
    ...history,
    config: { ...history.config, controls: { ...onlyControls([control]), ...history.config?.controls } },
  });
  for (const sql of meddling) await warehouse.run(sql);
  const rows = await warehouse.rows<Judgement>(
    "select unit, status, reason from controls.result where control = ? order by unit_kind, unit",
    [control],
  );
  warehouse.close();
  return rows;
}

/** Unit -> status, for cases whose reason is not the point. */
export async function statuses(control: string, history: History, meddling: Meddling = []): Promise<Record<string, string>> {
  const rows = await judged(control, history, meddling);
  expect(new Set(rows.map(({ unit }) => unit)).size).toBe(rows.length);
  return Object.fromEntries(rows.map(({ unit, status }) => [unit, status]));
}

/** Unit -> its status with the reason, as a reader is told. */
export async function told(control: string, history: History): Promise<Record<string, string>> {
  const rows = await judged(control, history);
  return Object.fromEntries(rows.map(({ unit, status, reason }) => [unit, `${status}: ${reason}`]));
}

/** Control -> its statuses over one history, where several controls ask the same records. */
export async function statusesOf(controls: readonly string[], history: History): Promise<Record<string, Record<string, string>>> {
  const warehouse = await given({ ...history, config: { ...history.config, controls: { ...onlyControls(controls), ...history.config?.controls } } });
  const rows = await warehouse.rows<Judgement & { readonly control: string }>("select control, unit, status from controls.result");
  warehouse.close();
  return Object.fromEntries(
    controls.map((control) => [
      control,
      Object.fromEntries(rows.filter((row) => row.control === control).map(({ unit, status }) => [unit, status])),
    ]),
  );
}
