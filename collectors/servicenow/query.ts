/** A record's place in the order in which a table is read. */
export interface Place {
  /** UTC, as ServiceNow writes it: `2026-01-31 10:00:00`. */
  readonly updated: string;
  /** Empty = before the first of that second. */
  readonly id: string;
}

/** `2026-01-31 10:00:00`, the form of all times in queries and values. */
export const plain = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");

export const millisecondsOf = (updated: string): number => Date.parse(`${updated.replace(" ", "T")}Z`);

/** An `OR` belongs to the condition right before it, so that this reads: from this second on, and (later or a higher id). */
export const after = ({ updated, id }: Place): string =>
  id === ""
    ? `sys_updated_on>=${updated}`
    : `sys_updated_on>=${updated}^sys_updated_on>${updated}^ORsys_id>${id}`;

export const isAfter = (one: Place, other: Place): boolean =>
  one.updated > other.updated ||
  (one.updated === other.updated && one.id.toLowerCase() > other.id.toLowerCase());

export const both = (...conditions: readonly string[]): string =>
  conditions.filter((one) => one !== "").join("^");

/** Fields that an encoded query is about: names are in small letters, operators are not. */
export function fieldsIn(query: string): string[] {
  const names = query
    .split("^")
    .map((condition) => /^(?:OR)?([a-z0-9_.]+)/.exec(condition)?.[1])
    .filter((one) => one !== undefined);
  return [...new Set(names)];
}

/** Holds for no record. ServiceNow leaves out conditions on fields that it does not know: then for all. */
export const impossible = (field: string): string => `${field}ISEMPTY^${field}ISNOTEMPTY`;

/** Holds for every record. Where an instance gives nothing for fields that it does not know: then for none. */
export const certain = (field: string): string => `${field}ISEMPTY^OR${field}ISNOTEMPTY`;
