import { openWarehouse } from "../../src/warehouse/open.ts";
import { processorSeconds } from "../costs.ts";

/** What the machine takes for work that never changes: statements that are mostly planned, one that scans and sorts, and JavaScript that does what pages do. */
export async function calibration(): Promise<number> {
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  try {
    return await processorSeconds(async () => {
      for (let at = 0; at < 20; at += 1) await warehouse.rows(planned(at));
      await warehouse.rows(SCANNED);
      words();
    });
  } finally {
    warehouse.close();
  }
}

/** Many joins of few rows: nearly all of it is planning, as in a model of few records. */
function planned(salt: number): string {
  const joins = Array.from({ length: 12 }, (_, at) => `left join (select i as key, count(*) as n from range(9) as r (i) group by i) as b${at} on b${at}.key = a.value + ${at}`);
  return `select a.key, sum(a.value) as total from (select i as key, i * ${salt + 1} % 7 as value from range(50) as t (i)) as a ${joins.join(" ")} group by a.key order by total, a.key`;
}

const SCANNED = `
  select count(*) as n, max(place) as place
  from (
    select hash(i) % 5000 as key, row_number() over (partition by hash(i) % 5000 order by sha256(i::varchar)) as place
    from range(100000) as t (i)
  ) as numbered`;

/** Text put together, taken apart, filed and sorted. */
function words(): number {
  const rows = Array.from({ length: 30_000 }, (_, at) => ({ id: `row-${(at * 7919) % 30_011}`, cells: [`${at}`, `<b>${at % 97}</b>`] }));
  const html = rows.map(({ id, cells }) => `<tr id="${id}">${cells.map((cell) => `<td class="n">${cell.replaceAll("<", "&lt;")}</td>`).join("")}</tr>`).join("");
  const ids = [...html.matchAll(/<tr id="([^"]*)">/g)].map(([, id = ""]) => id);
  const filed = Map.groupBy(ids, (id) => id.slice(-2));
  return JSON.stringify(ids.toSorted()).length + filed.size + (JSON.parse(JSON.stringify(rows)) as unknown[]).length;
}
