import { readFileSync } from "node:fs";
import type { Warehouse } from "../src/warehouse/open.ts";

/** What one step took: by the clock, and in time of processors, which other work on the machine changes less. */
export interface Cost {
  readonly name: string;
  readonly seconds: number;
  readonly processor: number;
  readonly rows?: number;
}

/** Runs `work` once and says what it took. */
export async function costOf(name: string, work: () => Promise<unknown>): Promise<Cost> {
  const began = performance.now();
  const processor = await processorSeconds(work);
  return { name, seconds: (performance.now() - began) / 1000, processor };
}

/** Processor time of this process, of all its threads: other work on the machine changes it less than time by the clock. */
export async function processorSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export const total = (name: string, costs: readonly Cost[]): Cost => ({
  name,
  seconds: costs.reduce((sum, { seconds }) => sum + seconds, 0),
  processor: costs.reduce((sum, { processor }) => sum + processor, 0),
});

/** Notes in `costs` what each relation costs that is made in the warehouse. */
export function metered(warehouse: Warehouse, costs: Cost[]): Warehouse {
  const run: Warehouse["run"] = async (sql, parameters) => {
    const relation = /^create (?:table|view) (\S+) as/.exec(sql)?.[1];
    if (relation === undefined) return warehouse.run(sql, parameters);
    let rows = 0;
    const cost = await costOf(relation, async () => {
      const [made] = await warehouse.rows<{ Count?: number }>(sql);
      rows = made?.Count ?? 0;
    });
    costs.push({ ...cost, rows });
  };
  return { ...warehouse, run };
}

/** The most memory that this process has had so far, as Linux tells it. */
export function peakGigabytes(): number {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return Number(kilobytes ?? process.resourceUsage().maxRSS) / 1024 ** 2;
}
