import { linkQuality, type LinkWorld } from "../../test/support/link-world.ts";
import { patterns } from "../../test/support/patterns.ts";

const WORLDS: readonly (readonly [name: string, world: Omit<LinkWorld, "seed">])[] = [
  ["none to 2 a week", { perWeek: 2, fewest: 0 }],
  ["1 or 2 a week", { perWeek: 2, fewest: 1 }],
  ...[1, 2, 3, 5, 7, 14, 35].map((perWeek) => [`${perWeek} a week`, { perWeek }] as const),
  ["2 a week, every 84 h", { perWeek: 2, spacing: "even" }],
  ["2 a week on average, at any time", { perWeek: 2, spacing: "any time" }],
  ["2 a week, median delay 1 h", { perWeek: 2, medianHours: 1 }],
  ["2 a week, median delay 8 h", { perWeek: 2, medianHours: 8 }],
  ["2 a week, no reference at all", { perWeek: 2, unnamed: 100 }],
  ["2 a week, every cause named", { perWeek: 2, unnamed: 0 }],
];

/** Plays worlds of which is known what caused what with the queries of the product: what docs/incident-links.md reports. */
export async function linkWorlds(share = 1): Promise<void> {
  const found = await patterns(2);
  const calibrations: string[] = [];
  console.log("| world | incidents | precision | recall | F1 | best threshold | its F1 |");
  for (const [name, world] of WORLDS) {
    const services = Math.max(5, Math.round(((world.perWeek ?? 2) > 3 ? 60 : 300) * share));
    const weeks = Math.max(20, Math.round((208 * share) / Math.max(1, (world.perWeek ?? 2) / 2)));
    const { quality: q, calibration } = await linkQuality(found, {
      seed: 1,
      failing: 20,
      services,
      weeks,
      ...world,
    });
    const cells = [name, q.incidents, q.precision, q.recall, q.f1, q.best_threshold, q.best_f1];
    console.log(
      `| ${cells.map((cell) => (typeof cell === "number" && !Number.isInteger(cell) ? cell.toFixed(3) : cell)).join(" | ")} |`,
    );
    for (const row of calibration)
      calibrations.push(
        `| ${name} | ${row.class} | ${row.links} | ${row.mean_confidence.toFixed(2)} | ${row.share_correct.toFixed(2)} (${row.interval_low.toFixed(2)} to ${row.interval_high.toFixed(2)}) |`,
      );
  }
  console.log("\n| world | class | links | mean confidence | right (95 % interval) |");
  calibrations.forEach((line) => console.log(line));
  found.warehouse.close();
}
