import { read, valueOf } from "./query.ts";
import type { Row, World } from "./world/world.ts";

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly total?: number;
}

export const error = (status: number, message: string, detail: string | null = null): Reply => ({
  status,
  body: { error: { message, detail }, status: "failure" },
});

export interface Rules {
  readonly isStrict: boolean;
  /** Whether counting takes the right to read everything, as the Aggregate API has it. */
  readonly mayCount: boolean;
  /** Fields that the user may not read. */
  readonly withheld: readonly string[];
}

const MOST = 10_000;

/** What ServiceNow answers to a path and its parameters. */
export function answer(world: World, path: string, query: URLSearchParams, rules: Rules): Reply {
  const [, kind = "", name = ""] = /^\/api\/now\/(table|stats)\/([a-z0-9_]+)$/.exec(path) ?? [];
  const table = world.tables.get(name);
  if (kind === "") return error(400, "Requested URI does not represent any resource", path);
  if (!table) return error(400, `Invalid table ${name}`);
  const reading = { isStrict: rules.isStrict, offset: world.offset };
  const { within, holds, order } = read(table, query.get("sysparm_query") ?? "", reading);
  const found = within(table.sorted).filter(holds);
  if (kind === "stats")
    return rules.mayCount
      ? counted(found.length)
      : error(403, "User Not Authorized", "Failed API level ACL Validation");
  const limit = Math.min(MOST, Number(query.get("sysparm_limit") ?? MOST));
  // Rules of access are applied when the page is cut.
  const page = order(found)
    .slice(0, limit)
    .filter(({ id }) => !world.hidden.has(id));
  const fields = (query.get("sysparm_fields") ?? [...table.columns].join(",")).split(",");
  const shown = fields.filter((one) => table.columns.has(one) && !rules.withheld.includes(one));
  return { status: 200, body: { result: page.map((row) => present(row, shown)) }, total: found.length };
}

const counted = (count: number): Reply => ({
  status: 200,
  body: { result: { stats: { count: String(count) } } },
});

/** Where `sysparm_display_value=all`: what is kept and what people see, each. */
function present(row: Row, fields: readonly string[]): unknown {
  return Object.fromEntries(
    fields
      // Behind a reference that is empty there is nothing at all.
      .filter((field) => !field.includes(".") || row.cells[field] !== undefined)
      .map((field) => [field, { display_value: displayOf(row, field), value: valueOf(row, field) }]),
  );
}

/** Times are shown on the clock of a user in Berlin, without saying so. */
function displayOf(row: Row, field: string): string {
  const value = valueOf(row, field);
  if (value.length === 19 && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value))
    return new Date(Date.parse(`${value.replace(" ", "T")}Z`) + 3_600_000)
      .toISOString()
      .slice(0, 19)
      .replace("T", " ");
  return row.cells[field]?.[1] ?? value;
}
