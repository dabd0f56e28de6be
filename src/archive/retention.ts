import type { Config } from "../config/schema.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { statement } from "./statements.ts";

interface RetentionClass {
  readonly class: string;
  readonly words: string;
  readonly basis: string;
  /** Null = for ever. */
  readonly number: number | null;
  readonly unit: string;
  /** Regular expressions for the whole of a name. */
  readonly sources: readonly string[];
  readonly streams: readonly string[];
}

const classOf = (
  name: string,
  { keep, basis, sources, streams }: Config["retention"][string],
): RetentionClass => {
  const [, number, unit = "year"] = /^(\d+) (day|month|year)s?$/.exec(keep) ?? [];
  return {
    class: name,
    words: keep,
    basis,
    number: number === undefined ? null : Number(number),
    unit,
    sources: sources.map(wholePattern),
    streams: streams.map(wholePattern),
  };
};

const wholePattern = (pattern: string): string =>
  pattern
    .split("*")
    .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"))
    .join(".*");

/** Makes `retained`: of each version of `dated_record` its class and until when it is kept. To be called after the latter was made. */
export async function retainedRecords(warehouse: Warehouse, retention: Config["retention"]): Promise<void> {
  const classes = Object.entries(retention).map(([name, one]) => classOf(name, one));
  await warehouse.run(statement("retention_class"), [JSON.stringify(classes)]);
  await warehouse.run(statement("retained"));
}
