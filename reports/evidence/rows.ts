import type { DuckDBValue } from "@duckdb/node-api";
import { plainValue } from "../../src/warehouse/values.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";

/** Rows a chunk at a time: what packs carry of a large company would not fit into memory as objects. */
export async function* rowsOf<Row extends object>(
  { connection }: Warehouse,
  sql: string,
  parameters: readonly DuckDBValue[] = [],
): AsyncGenerator<readonly Row[]> {
  const result = await connection.stream(sql, [...parameters]);
  yield* result.yieldConvertedRowObjects(plainValue) as AsyncIterable<Row[]>;
}

const encoder = new TextEncoder();

/** Text that grows by blocks and is kept as bytes. */
export class Bytes {
  #blocks: Uint8Array[] = [];

  add(text: string): void {
    if (text !== "") this.#blocks.push(encoder.encode(text));
  }

  get isEmpty(): boolean {
    return this.#blocks.length === 0;
  }

  whole(): Uint8Array {
    return Buffer.concat(this.#blocks);
  }
}
