import { parseArgs } from "node:util";

export interface Options {
  /** A database of records to measure on, made where there is none and kept. */
  readonly database: string | undefined;
  /** File that the figures go to as JSON. */
  readonly json: string | undefined;
  readonly memory: string;
  readonly threads: number;
  /** How many of the slowest queries are listed. */
  readonly slowest: number;
  /** Whether what the guard measures becomes what it compares with. */
  readonly record: boolean;
}

export interface Asked {
  readonly what: string | undefined;
  readonly args: readonly string[];
  readonly options: Options;
}

/** Without others: two cores, and of 4 GB three quarters, which the product takes there by itself. */
export function asked(argv: readonly string[]): Asked {
  const { positionals, values } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      database: { type: "string" },
      json: { type: "string" },
      memory: { type: "string", default: "3GB" },
      threads: { type: "string", default: "2" },
      slowest: { type: "string", default: "25" },
      record: { type: "boolean", default: false },
    },
  });
  const [what, ...args] = positionals;
  return { what, args, options: { database: values.database, json: values.json, memory: values.memory, threads: Number(values.threads), slowest: Number(values.slowest), record: values.record } };
}
