import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { configDocument } from "../../src/config/document.ts";
import type { Config } from "../../src/config/schema.ts";
import { packageRoot } from "../../src/package-root.ts";
import { buildModel, queryFiles } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import { AS_OF, companyOf, fill } from "../scale/company.ts";
import { print, timed } from "../time.ts";

/** Attributes of one's own, beside those of the product: thirty with those of which the history knows something. */
const OWN = 16;
const ATTRIBUTES = "correlation/attributes/deployment_attribute.sql";
const CATALOGUE = "correlation/patterns/attribute.sql";

interface Cost {
  readonly relation: string;
  readonly seconds: number;
  readonly processor: number;
}

/** Builds the model in a file and in one transaction, as the product does, and says what correlation has of it. */
export async function correlationScale(deployments: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-bench-"));
  const path = join(folder, "quarterdeck.duckdb");
  const warehouse = await openWarehouse(path, { mode: "write", memoryLimit: "4GB", threads: 2 });
  try {
    print(await timed(`fill with ${deployments} deployments`, () => describe(warehouse, deployments)));
    const localQueries = await ownAttributes(join(folder, "queries"));
    const only = queryFiles().filter(({ layer }) => layer === "correlation").map(({ relation }) => relation);
    const config = connected(companyOf(200));
    const costs: Cost[] = [];
    const input = { document: configDocument(config), variables: queryParameters(config, AS_OF), localQueries, only };
    print(await timed("the whole transaction", () => buildModel(metered(warehouse, costs), input)));
    report(costs);
    await counts(warehouse);
  } finally {
    warehouse.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function describe(warehouse: Warehouse, deployments: number): Promise<void> {
  await fill(warehouse, deployments, 200);
  await warehouse.run(await readFile(join(import.meta.dirname, "detail.sql"), "utf8"), [BigInt(deployments)]);
}

/** Each service depends on three others, and providers are to blame for some incidents. */
function connected(config: Config): Config {
  const names = Object.keys(config.services);
  const services = Object.entries(config.services).map(([name, service], index) => {
    const upstream = [7, 20, 33].map((step) => names[(index + step) % names.length] ?? name);
    return [name, { ...service, upstream }] as const;
  });
  const incident_classes = { bug: [], provider: { words: [], outside: true } };
  return { ...config, services: Object.fromEntries(services), incident_classes };
}

/** A folder of queries as a user would write it. */
async function ownAttributes(folder: string): Promise<string> {
  const own = Array.from({ length: OWN }, (_, index) => `own_${index}`);
  const product = (file: string) => readFile(join(packageRoot, "queries", file), "utf8");
  const value = (name: string, index: number) =>
    index % 2 === 0
      ? `hash(wave_id, '${name}') % 100 < ${10 + index * 5} as flag, null::varchar as category, null::double as number`
      : `null::boolean as flag, null::varchar as category, (hash(wave_id, '${name}') % ${20 * 2 ** index})::double as number`;
  const file = (name: string, index: number) =>
    `/*\ntitle: ${name}\n*/\nselect wave_id as subject, '${name}' as attribute, ${value(name, index)} from model.wave order by wave_id\n`;
  const listed = (name: string) => `union all\nselect subject, attribute, flag, category, number from correlation.attribute_${name}\n`;
  const row = (name: string, index: number) =>
    `('${name}', '${index % 2 === 0 ? "flag" : "number"}', '${name}', 'with ${name}', null, 'Look.'),\n  ('authors'`;
  const attributes = await product(ATTRIBUTES);
  const catalogue = await product(CATALOGUE);
  await write(folder, ATTRIBUTES, attributes + own.map(listed).join(""));
  await Promise.all(own.map((name, index) => write(folder, `correlation/attributes/attribute_${name}.sql`, file(name, index))));
  await write(folder, CATALOGUE, own.reduce((sql, name, index) => sql.replace("('authors'", row(name, index)), catalogue));
  return folder;
}

async function write(folder: string, file: string, sql: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), sql);
}

/** Notes what each relation costs: by the clock, and in time of processors, which other work on the machine changes less. */
function metered(warehouse: Warehouse, costs: Cost[]): Warehouse {
  const run: Warehouse["run"] = async (sql, parameters) => {
    const relation = /^create table (\S+) as/.exec(sql)?.[1];
    const before = process.cpuUsage();
    const { seconds } = await timed(relation ?? "", () => warehouse.run(sql, parameters));
    const { user, system } = process.cpuUsage(before);
    if (relation !== undefined) costs.push({ relation, seconds, processor: (user + system) / 1e6 });
  };
  return { ...warehouse, run };
}

function report(costs: readonly Cost[]): void {
  const correlation = costs.filter(({ relation }) => relation.startsWith("correlation."));
  const total = (of: "seconds" | "processor") => correlation.reduce((sum, cost) => sum + cost[of], 0);
  print({ name: "all of correlation by the clock (at most 60 s for 500,000 on two free cores)", seconds: total("seconds") });
  print({ name: "all of correlation, time of processors", seconds: total("processor") });
  correlation
    .toSorted((a, b) => b.processor - a.processor)
    .slice(0, 15)
    .forEach(({ relation, seconds, processor }) => print({ name: `  ${relation}, ${processor.toFixed(2)} s of processors`, seconds }));
}

async function counts(warehouse: Warehouse): Promise<void> {
  const [row] = await warehouse.rows(`select
    (select count(*) from model.wave) as waves, (select count(*) from model.incident) as incidents,
    (select count(distinct attribute) from correlation.deployment_attribute) as attributes,
    (select count(*) from correlation.incident_candidate) as pieces, (select count(*) from correlation.incident_link) as links,
    (select count(*) from correlation.incident_link where is_accepted) as accepted,
    (select count(*) from correlation.pattern_test where is_tested) as tested`);
  console.log(row, `peak memory ${(process.resourceUsage().maxRSS / 1024 / 1024).toFixed(2)} GB`);
}
