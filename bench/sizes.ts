import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ACME_AS_OF } from "../examples/acme/generate.ts";
import { configDocument } from "../src/config/document.ts";
import { loadConfig } from "../src/config/load.ts";
import { realEffects } from "../src/effects.ts";
import type { ModelInput } from "../src/warehouse/model.ts";
import { openWarehouse } from "../src/warehouse/open.ts";
import { queryParameters } from "../src/warehouse/parameters.ts";
import { collectAcme } from "./acme.ts";
import type { Options } from "./options.ts";
import { AS_OF, companyOf, fill, type Amounts } from "./scale/company.ts";

/** S is Acme, the company of the demo, which is collected as a user would. */
const SIZES: Readonly<Record<string, Amounts>> = {
  M: { services: 200, deployments: 100_000, changes: 250_000, tickets: 60_000, incidents: 5_000 },
  L: { services: 2_000, deployments: 2_000_000, changes: 5_000_000, tickets: 1_000_000, incidents: 200_000 },
};

export function amountsOfSize(size: string): Amounts {
  const amounts = SIZES[size];
  if (amounts === undefined) throw new Error(`there is no size ${size}: S (Acme's demo), ${Object.keys(SIZES).join(" or ")}`);
  return amounts;
}

export interface Prepared {
  readonly path: string;
  readonly input: ModelInput;
}

/** Gives `work` a database with the records of a company of this size: the one of --database, made where there is none; else one that goes with the benchmark. */
export async function withCompany(size: string, options: Options, work: (prepared: Prepared) => Promise<void>): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "quarterdeck-bench-"));
  try {
    await work(size === "S" ? await acme(scratch) : await company(size, options, scratch));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function acme(folder: string): Promise<Prepared> {
  const path = await collectAcme(folder);
  const { config } = await loadConfig(dirname(path), realEffects);
  return { path, input: { document: configDocument(config), variables: queryParameters(config, ACME_AS_OF) } };
}

async function company(size: string, options: Options, scratch: string): Promise<Prepared> {
  const amounts = amountsOfSize(size);
  const path = options.database ?? join(scratch, "bench.duckdb");
  if (!existsSync(path)) {
    const warehouse = await openWarehouse(path, { mode: "write", memoryLimit: options.memory, threads: options.threads });
    await fill(warehouse, amounts);
    warehouse.close();
  }
  const config = companyOf(amounts.services);
  return { path, input: { document: configDocument(config), variables: queryParameters(config, AS_OF) } };
}
