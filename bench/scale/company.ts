import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { configSchema, type Config } from "../../src/config/schema.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";

export const AS_OF = "2026-01-01T00:00:00Z";

/** How many of each there are: of deployments all attempts, to staging too. */
export interface Amounts {
  readonly services: number;
  readonly deployments: number;
  readonly changes: number;
  readonly tickets: number;
  readonly incidents: number;
}

/** So many deployments of so many services, and of the rest what goes with them. */
export const amountsOf = (services: number, deployments: number): Amounts => ({
  services,
  deployments,
  changes: Math.round(deployments * 2.5),
  tickets: Math.round(deployments * 0.5),
  incidents: Math.round(deployments / 10),
});

const file = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");
const STREAMS = globSync("streams/*.sql", { cwd: import.meta.dirname }).sort();
const streamOf = (path: string) => path.slice("streams/".length, -".sql".length);
const ENTITIES = STREAMS.map(streamOf);

/** A made-up company: ten services a team, each service depends on three others. */
export function companyOf(services: number): Config {
  const names = Array.from({ length: services }, (_, index) => `s${index}`);
  const numbers = Array.from({ length: Math.ceil(services / 10) }, (_, team) => team);
  const teams = numbers.map((team) => [`t${team}`, { owns: names.slice(team * 10, team * 10 + 10) }] as const);
  const upstream = (index: number) => [7, 20, 33].map((step) => names[(index + step) % services] ?? "");
  const region = { kind: "production", rank: 2, wave: "production" };
  return configSchema.parse({
    organisation: "Bench",
    services: Object.fromEntries(names.map((service, index) => [service, { repository: service, upstream: [...new Set(upstream(index))] }])),
    teams: Object.fromEntries(teams),
    environments: { production: region, "production-eu": region, "production-us": region, staging: { kind: "staging", rank: 1 } },
    incident_classes: { bug: [], provider: { words: [], outside: true } },
    sources: {
      bench: {
        collector: "files",
        files: [{ path: "none", entity: "deployment" }],
        complete: ENTITIES.filter((entity) => !["exemption", "evidence"].includes(entity)).map((entity) => ({ entity, asserted_by: "bench" })),
      },
    },
  });
}

/** Stores its history straight as records in sealed batches, as if it had been collected in one run. */
export async function fill(warehouse: Warehouse, amounts: Amounts): Promise<void> {
  const { services, deployments, changes, tickets, incidents } = amounts;
  for (const [name, amount] of Object.entries({ services, deployments, changes, tickets, incidents })) {
    await warehouse.run(`set variable ${name} = ?::bigint`, [BigInt(amount)]);
  }
  await warehouse.run(file("skeleton.sql"));
  const store = file("store.sql");
  for (const path of STREAMS) {
    await warehouse.run(`create or replace temp view incoming as ${file(path)}`);
    await warehouse.run(store, [streamOf(path)]);
  }
  await warehouse.run(file("seal.sql"));
}
