import { verifyChain } from "../../src/warehouse/verify.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";

const SHOWN = 5;
const WIDTH = 1200;

/** Rows as text, by relation. */
export type Relations = Readonly<Record<string, readonly string[]>>;

/** @throws saying of each relation which rows only one side has */
export function expectSame(changed: Relations, clean: Relations): void {
  const names = [...new Set([...Object.keys(changed), ...Object.keys(clean)])].sort();
  const differing = names.flatMap((name) => difference(name, changed[name] ?? [], clean[name] ?? []));
  if (differing.length > 0) throw new Error(differing.join("\n"));
}

function difference(name: string, changed: readonly string[], clean: readonly string[]): string[] {
  if (changed.length === clean.length && changed.every((row, index) => row === clean[index])) return [];
  const left = without(changed, clean);
  const missing = without(clean, changed);
  const order = left.length + missing.length === 0 ? ["  the same rows in another order"] : [];
  return [`${name}:`, ...some("too much", left), ...some("missing", missing), ...order];
}

/** What is more often in one list than in the other. */
function without(some: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1);
  return some.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}

function some(what: string, rows: readonly string[]): string[] {
  const more = rows.length > SHOWN ? [`  ${what}: ${rows.length - SHOWN} more`] : [];
  return [...rows.slice(0, SHOWN).map((row) => `  ${what}: ${row.slice(0, WIDTH)}`), ...more];
}

/** Every record that is current; `payload` is how its content is shown. */
export async function current(warehouse: Warehouse, payload = "payload::varchar"): Promise<Relations> {
  const rows = await warehouse.rows<{ row: string }>(
    `select concat_ws(' ', source, stream, key, ${payload}) as row
     from raw.current order by source, stream, key`,
  );
  return { "raw.current": rows.map(({ row }) => row) };
}

const WRONG_VERSIONS = `
with compared as (
  select
    source,
    stream,
    key,
    version,
    sha256,
    lag(version, 1, 0) over history as version_before,
    lag(sha256, 1, '') over history as sha256_before
  from raw.record
  window history as (partition by source, stream, key order by version)
)
select concat_ws(' ', source, stream, key, version) as row
from compared
where version <> version_before + 1 or sha256 = sha256_before
order by row`;
const DOUBLED =
  "select concat_ws(' ', source, stream, key) as row from raw.current group by source, stream, key having count(*) > 1 order by row";

/** @throws where the chain does not verify, a version is left out, or anything is stored twice */
export async function expectSound(warehouse: Warehouse): Promise<void> {
  const { problems } = await verifyChain(warehouse);
  const wrong = async (sql: string) => (await warehouse.rows<{ row: string }>(sql)).map(({ row }) => row);
  expectSame(
    {
      "the chain": problems.map(({ problem }) => problem),
      "versions left out or stored again": await wrong(WRONG_VERSIONS),
      "records stored twice": await wrong(DOUBLED),
    },
    {},
  );
}

/** All rows of the relations of a layer, of tables in their order; a view has none. */
export async function relationsOf(
  warehouse: Warehouse,
  layer: "model" | "staging",
  without: readonly string[] = [],
): Promise<Relations> {
  const tables = await warehouse.rows<{ name: string; is_view: boolean }>(
    "select table_name as name, table_type = 'VIEW' as is_view from information_schema.tables where table_schema = ? order by name",
    [layer],
  );
  const relations: Record<string, string[]> = {};
  for (const { name, is_view: isView } of tables.filter((table) => !without.includes(table.name))) {
    const rows = await warehouse.rows<{ row: string }>(`select t::varchar as row from ${layer}.${name} as t${isView ? " order by row" : ""}`);
    relations[`${layer}.${name}`] = rows.map(({ row }) => row);
  }
  return relations;
}
