import { statSync } from "node:fs";
import { openWarehouse } from "../src/warehouse/open.ts";
import { costOf, peakGigabytes } from "./costs.ts";
import type { Options } from "./options.ts";
import { report } from "./report.ts";
import { withCompany } from "./sizes.ts";

/** Makes up a company of this size, and says how many records of each kind it has. */
export async function generate(size: string, options: Options): Promise<void> {
  const made = await costOf("generate", () => withCompany(size, options, async ({ path }) => {
    const warehouse = await openWarehouse(path, { mode: "read" });
    const streams = await warehouse.rows<{ stream: string; records: number }>(
      "select stream, count(*) as records from raw.record group by stream order by records desc, stream",
    );
    warehouse.close();
    counted.push(...streams);
    bytes = statSync(path).size;
  }));
  const rows = counted.reduce((sum, { records }) => sum + records, 0);
  report({ what: "generate", size, costs: [{ ...made, rows }], figures: { ...Object.fromEntries(counted.map(({ stream, records }) => [stream, records])), bytes, peak_gb: peakGigabytes() } }, options);
}

const counted: { stream: string; records: number }[] = [];
let bytes = 0;
