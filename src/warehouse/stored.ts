import type { StoredRecords } from "../../collectors/contract.ts";
import type { Warehouse } from "./open.ts";
import type { StreamTarget } from "./store.ts";

const COUNTS = `
  select split_part(key, $3, 1) as part, count(*) as records
  from raw.known where source = $1 and stream = $2 group by part`;
const STARTING_WITH = `
  select key, epoch_ms(updated_at) as updated_at
  from raw.known where source = $1 and stream = $2 and starts_with(key, $3)`;
const SAYING = (paths: readonly string[]) => `
  select key, list_value(${paths.map((_, index) => `payload ->> $${index + 4}`).join(", ")})::varchar[] as said
  from raw.known where source = $1 and stream = $2 and starts_with(key, $3)`;

/** Looks into what is stored of a stream. */
export function storedRecords(
  warehouse: Warehouse,
  { source, stream }: Pick<StreamTarget, "source" | "stream">,
): StoredRecords {
  return {
    async counts(separator) {
      const rows = await warehouse.rows<{ part: string; records: number }>(COUNTS, [source, stream, separator]);
      return new Map(rows.map(({ part, records }) => [part, records]));
    },
    async startingWith(prefix) {
      const rows = await warehouse.rows<{ key: string; updated_at: number | null }>(STARTING_WITH, [
        source,
        stream,
        prefix,
      ]);
      return new Map(rows.map(({ key, updated_at }) => [key, updated_at]));
    },
    async saying(prefix, paths) {
      const rows = await warehouse.rows<{ key: string; said: (string | null)[] }>(SAYING(paths), [source, stream, prefix, ...paths]);
      return new Map(rows.map(({ key, said }) => [key, said]));
    },
  };
}
