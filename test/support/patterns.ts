import { configSchema } from "../../src/config/schema.ts";
import { inOrder, type OrderedQueries } from "../../src/warehouse/dependencies.ts";
import { queryFiles, setVariables } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";

/** SELECTs that stand for relations: from there on, all queries of the product run as they are. */
export type Given = Readonly<Record<string, string>>;

/** What the queries of patterns read from elsewhere: one organisation, and nothing else until a test says so. */
const ELSEWHERE: Given = {
  "model.organisation": "select 'Test' as name",
  "model.service":
    "select null::varchar as service, null::varchar as title, null::varchar as repository limit 0",
  "metrics.scope_outcome":
    "select ''::varchar as scope_kind, ''::varchar as scope, 'all' as period_kind, 0::bigint as known, 0::bigint as known_failed limit 0",
};

const DEPLOYMENTS = "correlation.judged_deployment";
const ATTRIBUTES = "correlation.deployment_attribute";

export interface Cost {
  readonly relation: string;
  readonly seconds: number;
}

export interface Patterns {
  readonly warehouse: Warehouse;
  /** Puts these relations in place. */
  readonly place: (given: Given) => Promise<readonly Cost[]>;
  /** Computes what follows from relations that are in place, until `until`; what it took of each. */
  readonly follow: (given: Given, until: string) => Promise<readonly Cost[]>;
  /** Both. */
  readonly compute: (given: Given, until: string) => Promise<readonly Cost[]>;
}

/** A database for the statistics alone. It serves many worlds, one after the other. */
export async function patterns(threads = 1): Promise<Patterns> {
  const warehouse = await openWarehouse(":memory:", { mode: "write", memoryLimit: "4GB", threads });
  const config = configSchema.parse({ organisation: "Test", services: {} });
  await setVariables(warehouse, queryParameters(config, "2026-01-01T00:00:00Z"));
  for (const schema of ["staging", "model", "metrics", "correlation", "seed"])
    await warehouse.run(`create schema ${schema}`);
  const queries = await inOrder(warehouse, queryFiles());
  const place = (given: Given) => made(warehouse, Object.entries(given));
  const follow = async (given: Given, until: string) => {
    const files = following(queries, new Set(Object.keys(given)), until);
    return made(
      warehouse,
      files.map(({ relation, sql }) => [relation, sql]),
    );
  };
  await place(ELSEWHERE);
  const compute = async (given: Given, until: string) => {
    await place(given);
    return follow(given, until);
  };
  return { warehouse, place, follow, compute };
}

async function made(
  warehouse: Warehouse,
  relations: readonly (readonly [string, string])[],
): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (const [relation, sql] of relations) {
    const began = performance.now();
    await warehouse.run(`create or replace table ${relation} as ${sql}`);
    costs.push({ relation, seconds: (performance.now() - began) / 1000 });
  }
  return costs;
}

const plans = new Map<string, OrderedQueries["files"]>();

/** The queries that `until` needs and that are not given, in their order. */
function following(
  queries: OrderedQueries,
  given: ReadonlySet<string>,
  until: string,
): OrderedQueries["files"] {
  const key = [...given, until].join(" ");
  const known = plans.get(key);
  if (known) return known;
  const needed = new Set([until]);
  for (const relation of needed) {
    if (given.has(relation) || relation in ELSEWHERE) continue;
    for (const table of queries.reads.get(relation) ?? []) needed.add(table);
  }
  const plan = queries.files.filter(
    ({ relation }) => needed.has(relation) && !given.has(relation) && !(relation in ELSEWHERE),
  );
  plans.set(key, plan);
  return plan;
}

/** A 2 x 2 table of one attribute in one service (stratum): failures and deployments with it, and without. */
export interface Table {
  readonly service?: string;
  readonly withFailed: number;
  readonly withN: number;
  readonly withoutFailed: number;
  readonly withoutN: number;
}

/** Deployments and attributes that give these tables; spread over days, so that no day weighs more. */
export function deploymentsOf(tables: readonly Table[]): Given {
  const rows = tables.map(
    ({ service = "api", withFailed, withN, withoutFailed, withoutN }) =>
      `select '${service}' as service, true as flag, unnest(generate_series(1, ${withN})) as i, ${withFailed} as failed
       union all select '${service}', false, unnest(generate_series(1, ${withoutN})), ${withoutFailed}`,
  );
  return {
    "seed.deployment": `select service || '-' || flag || '-' || i as wave_id, service, flag, i, i <= failed as is_failure from (${rows.join(" union all ")})`,
    [DEPLOYMENTS]: `select wave_id, service, timestamptz '2025-01-01' as live_at, date '2025-01-01' + (i % 300)::integer as day, is_failure
       from seed.deployment`,
    [ATTRIBUTES]: `select wave_id as subject, 'touches_migration' as attribute, flag, null::varchar as category, null::double as number from seed.deployment`,
  };
}

/** Deployments in groups with a score each, as trend tests want them. */
export function scoredDeployments(
  groups: readonly { readonly score: number; readonly n: number; readonly failed: number }[],
): Given {
  const rows = groups.map(
    ({ score, n, failed }) =>
      `select ${score} as score, unnest(generate_series(1, ${n})) as i, ${failed} as failed`,
  );
  return {
    "seed.deployment": `select score || '-' || i as wave_id, score, i, i <= failed as is_failure from (${rows.join(" union all ")})`,
    [DEPLOYMENTS]: `select wave_id, 'api' as service, timestamptz '2025-01-01' as live_at, date '2025-01-01' + (i % 300)::integer as day, is_failure
       from seed.deployment`,
    [ATTRIBUTES]: `select wave_id as subject, 'changes' as attribute, null::boolean as flag, null::varchar as category, score::double as number from seed.deployment`,
  };
}
