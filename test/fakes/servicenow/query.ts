import { plain, type Row, type Table } from "./world/world.ts";

export interface Query {
  /** Among records in the order of their update: those that may hold. */
  readonly within: (rows: readonly Row[]) => readonly Row[];
  readonly holds: (row: Row) => boolean;
  readonly order: (rows: readonly Row[]) => readonly Row[];
}

const CONDITION = /^(OR)?([a-z0-9_.]+)(ISEMPTY|ISNOTEMPTY|STARTSWITH|LIKE|IN|!=|>=|<=|>|<|=)(.*)$/s;

export const valueOf = (row: Row, field: string): string => {
  switch (field) {
    case "sys_id":
      return row.id;
    case "sys_updated_on":
      return row.updated;
    case "sys_created_on":
      return row.created;
    default:
      return row.cells[field]?.[0] ?? "";
  }
};

const OPERATORS: Readonly<Record<string, (one: string, given: string) => boolean>> = {
  ISEMPTY: (one) => one === "",
  ISNOTEMPTY: (one) => one !== "",
  STARTSWITH: (one, given) => one.toLowerCase().startsWith(given.toLowerCase()),
  LIKE: (one, given) => one.toLowerCase().includes(given.toLowerCase()),
  IN: (one, given) => given.split(",").includes(one),
  "=": (one, given) => one === given,
  "!=": (one, given) => one !== given,
  ">": (one, given) => one > given,
  "<": (one, given) => one < given,
  ">=": (one, given) => one >= given,
  "<=": (one, given) => one <= given,
};

export interface Reading {
  /** Gives nothing for a field that is not there (`glide.invalid_query.returns_no_rows`); else the condition is left out. */
  readonly isStrict: boolean;
  /** Seconds by which the user's clock is ahead of UTC, where times are read by it. */
  readonly offset: number;
}

type Holds = (row: Row) => boolean;

interface Order {
  readonly field: string;
  readonly sign: number;
}

/** An encoded query: `^` is and, `^OR` belongs to the condition right before it. */
export function read(table: Table, text: string, reading: Reading): Query {
  const parts = text.split("^").filter((one) => one !== "");
  const groups = groupsOf(
    table,
    parts.filter((one) => !one.startsWith("ORDERBY")),
    reading,
  );
  const orders = parts.flatMap((one) => orderOf(table, one));
  const [, since = ""] = /^sys_updated_on>=([0-9: -]+)/.exec(text) ?? [];
  return {
    within: (rows) => (since === "" ? rows : rows.slice(firstFrom(rows, shifted(since, reading.offset)))),
    holds: (row) => groups.every((group) => group.some((one) => one(row))),
    order: (rows) => ordered(rows, orders),
  };
}

function orderOf(table: Table, part: string): Order[] {
  const [, direction, field = ""] = /^ORDERBY(DESC)?([a-z0-9_.]+)$/.exec(part) ?? [];
  return table.columns.has(field) ? [{ field, sign: direction ? -1 : 1 }] : [];
}

function groupsOf(table: Table, parts: readonly string[], { isStrict, offset }: Reading): Holds[][] {
  const groups: Holds[][] = [];
  for (const part of parts) {
    const [, or, name = "", operator = "", given = ""] = CONDITION.exec(part) ?? [];
    const isThere = table.columns.has(name);
    if (!isThere && !isStrict) continue;
    const asked = name.startsWith("sys_") && name.endsWith("_on") ? shifted(given, offset) : given;
    const holds: Holds = (row) => isThere && (OPERATORS[operator]?.(valueOf(row, name), asked) ?? false);
    const last = groups.at(-1);
    if (or && last && isThere) last.push(holds);
    else groups.push([holds]);
  }
  return groups;
}

function firstFrom(rows: readonly Row[], updated: string): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.updated ?? "") < updated) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shifted(given: string, offset: number): string {
  return offset === 0 || given === ""
    ? given
    : plain(Date.parse(`${given.replace(" ", "T")}Z`) / 1000 - offset);
}

function ordered(rows: readonly Row[], orders: readonly Order[]): readonly Row[] {
  const [first, second] = orders;
  // They are kept in this order.
  if (first?.field === "sys_updated_on" && first.sign === 1 && second?.field === "sys_id") return rows;
  return rows.toSorted((a, b) => {
    for (const { field, sign } of orders) {
      const [left, right] = [valueOf(a, field), valueOf(b, field)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}
