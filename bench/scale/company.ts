import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configSchema, type Config } from "../../src/config/schema.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";

export const AS_OF = "2026-01-01T00:00:00Z";

/** A made-up company: ten services a team. */
export function companyOf(services: number, complete: readonly string[] = ["incident"]): Config {
  const names = Array.from({ length: services }, (_, index) => `s${index}`);
  const numbers = Array.from({ length: Math.ceil(services / 10) }, (_, team) => team);
  const teams = numbers.map(
    (team) => [`t${team}`, { owns: names.slice(team * 10, team * 10 + 10) }] as const,
  );
  return configSchema.parse({
    organisation: "Bench",
    services: Object.fromEntries(names.map((service) => [service, { repository: service }])),
    teams: Object.fromEntries(teams),
    environments: { production: { kind: "production" }, staging: { kind: "staging", rank: 1 } },
    sources: {
      bench: {
        collector: "files",
        files: [{ path: "none", entity: "deployment" }],
        complete: complete.map((entity) => ({ entity, asserted_by: "bench" })),
      },
    },
  });
}

/** Stores its history, as if it had been collected in one run. */
export async function fill(warehouse: Warehouse, deployments: number, services: number): Promise<void> {
  const history = readFileSync(join(import.meta.dirname, "history.sql"), "utf8");
  await warehouse.run(history, [BigInt(deployments), BigInt(services)]);
  await warehouse.run("insert into raw.run values (1, ?, ?, 'completed', 'bench')", [AS_OF, AS_OF]);
  await warehouse.run(
    "insert into raw.source_run values (1, 'bench', 'all', ?, ?, 'completed', 1, 0, 0, 0, 0, null, null)",
    [AS_OF, AS_OF],
  );
}
