import type { Json } from "../../contract.ts";
import type { Column, ColumnType } from "../entities.ts";
import { Problem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";
import { asList, asObject } from "./compound.ts";
import { asAmount, asBoolean, asInteger, asNumber, within } from "./number.ts";
import { asText } from "./text.ts";
import { asDate, asTimestamp } from "./time.ts";

/** How a source writes the values of one column. */
export interface Notation {
  readonly format?: string | undefined;
  readonly zone?: string | undefined;
  readonly separator?: string | undefined;
  readonly values?: Readonly<Record<string, string>> | undefined;
}

/** Gives the value as the catalogue wants it; undefined = there is none. */
export type Convert = (value: Json) => Json | undefined | Problem;

const LONGEST_TEXT = 1_000_000;

type ScalarType = Exclude<ColumnType, "list" | "json">;

const scalar: Readonly<
  Record<ScalarType, (column: Column, notation: Notation) => (text: string) => Json | Problem>
> = {
  text: (column) => asText(column),
  integer: (column) => within(column, asInteger),
  number: (column) => within(column, column.typed === "amount" ? asAmount : asNumber),
  boolean: () => asBoolean,
  timestamp: (_, notation) => asTimestamp(notation),
  date: (_, notation) => asDate(notation.format),
};

/** The converter of one column. Surrounding blanks are dropped, the value map comes first, empty = none. */
export function converterOf(column: Column, notation: Notation): Convert {
  const meaning = meaningOf(notation.values);
  if (column.type === "list") return asList(notation.separator ?? ";", meaning);
  if (column.type === "json") return asObject;
  const convert = scalar[column.type](column, notation);
  return (value) => {
    if (Array.isArray(value) && value.length === 0) return undefined;
    if (typeof value === "object" && value !== null) {
      return new Problem(
        `expected one value, found ${shown(value)}: map a value inside it with a dotted path`,
      );
    }
    const text = meaning(value === null ? "" : String(value).trim());
    if (text === "") return undefined;
    if (text.length > LONGEST_TEXT)
      return new Problem(`expected at most ${LONGEST_TEXT} characters, found ${text.length}`);
    return convert(text);
  };
}

function meaningOf(values: Notation["values"]): (text: string) => string {
  if (values === undefined) return (text) => text;
  const known = new Map(Object.entries(values));
  return (text) => known.get(text) ?? text;
}
