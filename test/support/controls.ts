import { expect } from "vitest";
import { queryFiles } from "../../src/warehouse/model.ts";
import { given, type History } from "./history.ts";

export interface Judgement {
  readonly unit: string;
  readonly status: string;
  readonly reason: string;
}

/** Results of one control over a history, in order of unit; no other control is asked. */
export async function judged(control: string, history: History): Promise<Judgement[]> {
  const others = queryFiles().flatMap(({ header }) => (header.control === undefined || header.control === control ? [] : [header.control]));
  const off = Object.fromEntries(others.map((other) => [other, { enabled: false }]));
  const warehouse = await given({
    ...history,
    config: { ...history.config, controls: { ...off, ...history.config?.controls } },
  });
  const rows = await warehouse.rows<Judgement>(
    "select unit, status, reason from controls.result where control = ? order by unit_kind, unit",
    [control],
  );
  warehouse.close();
  return rows;
}

/** Unit -> status, for cases whose reason is not the point. */
export async function statuses(control: string, history: History): Promise<Record<string, string>> {
  const rows = await judged(control, history);
  expect(new Set(rows.map(({ unit }) => unit)).size).toBe(rows.length);
  return Object.fromEntries(rows.map(({ unit, status }) => [unit, status]));
}
