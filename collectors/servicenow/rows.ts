import { z } from "zod";
import type { Json } from "../contract.ts";
import { messageOf, unexpected } from "./failures.ts";
import type { Place } from "./query.ts";

/** A record as ServiceNow gave it: field -> what it is and what people see. */
export type Row = { [field: string]: Json };

export interface RowPage {
  readonly rows: readonly Row[];
  /** How many records there are for which the query holds, also such as the user may not see. */
  readonly total: number | undefined;
  /** After how many it was cut. */
  readonly limit: number;
}

/** Of a field that leads to nothing ServiceNow gives an empty text. */
const cell = z.union([
  z.looseObject({ value: z.string(), display_value: z.string().nullish() }),
  z.literal(""),
]);
const row = z.record(z.string(), cell);
const id = z.looseObject({ value: z.string().min(1) });
const time = z.looseObject({
  value: z.string().regex(/^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/, "expected UTC"),
});

export const valueOf = (one: Row, field: string): string =>
  (one[field] as { value?: string } | undefined)?.value ?? "";

export const placeOf = (one: Row): Place => ({
  updated: valueOf(one, "sys_updated_on"),
  id: valueOf(one, "sys_id"),
});

/** Undefined where ServiceNow broke off in the middle: then it says so beside the records, with status 200. */
export function readRows(table: string, body: unknown, headers: Headers, limit: number): RowPage | undefined {
  const { result, error } = (typeof body === "object" && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  if (error !== undefined && messageOf(body) !== "") return undefined;
  if (!Array.isArray(result)) throw unexpected(table, "a list of records under result");
  for (const one of result) assertShape(table, one);
  const total = headers.get("x-total-count");
  return {
    rows: result as Row[],
    total: total !== null && /^\d+$/.test(total) ? Number(total) : undefined,
    limit,
  };
}

function assertShape(table: string, one: unknown): void {
  const { error } = row.safeParse(one);
  const record = (typeof one === "object" && one !== null ? one : {}) as Row;
  const [problem] = [
    ...(error?.issues ?? []).map(({ path, message }) => ({ path: path.join("."), message })),
    ...problemsOf(id, record, "sys_id"),
    ...("sys_updated_on" in record ? problemsOf(time, record, "sys_updated_on") : []),
  ];
  if (!problem) return;
  const place = [valueOf(record, "sys_id") || "a record", problem.path].join(".");
  throw unexpected(
    table,
    `${place} with value and display_value as the Table API gives it (${problem.message})`,
  );
}

const problemsOf = (schema: z.ZodType, record: Row, field: string) =>
  (schema.safeParse(record[field]).error?.issues ?? []).map(({ message }) => ({ path: field, message }));
