import type { Json } from "../../contract.ts";
import { jsonText } from "../../reading/json-text.ts";
import { kind } from "../../reading/words.ts";
import type { RowVisitor, SourceRow } from "./rows.ts";

/** Hands over records that are JSON objects: the names of the first one only warn of likely slips. */
export function visitRecord(visitor: RowVisitor, record: Json, line: number, isFirst: boolean): void {
  if (isFirst && isObject(record)) visitor.names(Object.keys(record), false);
  visitor.row(rowOf(record, line));
}

function rowOf(record: Json, line: number): SourceRow {
  const text = () => jsonText(record);
  if (!isObject(record))
    return { line, value: () => undefined, text, problem: `expected an object, found ${kind(record)}` };
  return { line, value: (from) => valueAt(record, from), text };
}

/**
 * The value at a dotted path. A name that itself holds dots wins over the path. A path through a list leads into each of its
 * items: `labels.name` of `labels: [{ name: a }, { name: b }]` is a and b.
 */
export function valueAt(record: Json, path: string): Json | undefined {
  if (isContainer(record) && Object.hasOwn(record, path)) return own(record, path);
  return path.split(".").reduce<Json | undefined>(valueBelow, record);
}

function valueBelow(value: Json | undefined, name: string): Json | undefined {
  if (!isContainer(value)) return undefined;
  if (Object.hasOwn(value, name) && !(Array.isArray(value) && name === "length")) return own(value, name);
  if (!Array.isArray(value)) return undefined;
  const found = value.map((item) => valueBelow(item, name)).filter((item) => item !== undefined);
  return found.length > 0 || value.length === 0 ? found.flat() : undefined;
}

const own = (container: Json[] | { [key: string]: Json }, name: string) =>
  (container as { [key: string]: Json })[name];

const isContainer = (value: Json | undefined): value is Json[] | { [key: string]: Json } =>
  typeof value === "object" && value !== null;

const isObject = (value: Json): value is { [key: string]: Json } =>
  isContainer(value) && !Array.isArray(value);
