import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { configSchema, type Config } from "../config/schema.ts";
import { loadConfig, type LoadedConfig } from "../config/load.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { KnownError, UsageError } from "../errors.ts";
import { checkFolder } from "../publish-check/check.ts";
import { withheldNames, type WithheldNames } from "../publish-check/names.ts";
import { checkJson, checkText } from "../publish-check/report.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open.ts";
import { readArguments } from "./command.ts";
import { publish } from "./help/publish.ts";
import { databaseOf, localQueriesOf } from "./session.ts";

type People = Config["publish"]["people"];

/** Looks at a finished site before it goes out. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(publish, args);
  if (values.check !== true)
    throw new UsageError("publish needs --check: Quarterdeck uploads nothing itself, and docs/publishing says how each kind of host takes the folder");
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  const { config, directory } = loaded;
  const [given] = positionals;
  const folder = given === undefined ? resolve(directory, config.output) : resolve(effects.cwd, given);
  const shown = shownPath(folder, effects.cwd);
  await requireFolder(folder, shown);
  const began = effects.now();
  const { names, unknown } = await namesOf(loaded, peopleOf(values.people, config));
  const checked = await checkFolder(folder, { names, packsUnderPseudonyms: config.publish.pseudonyms !== undefined });
  const about = {
    folder: shown,
    seconds: (effects.now().getTime() - began.getTime()) / 1000,
    notLookedAt: [...unknown, ...ordinaryOf(names), ...packedOf(checked.packed)],
  };
  effects.stdout(values.json === true ? checkJson(checked, about) : checkText(checked, about));
  return checked.findings.count("fault") > 0 ? 1 : 0;
}

const RULES = configSchema.shape.publish.unwrap().shape.people.unwrap().options;

function peopleOf(given: string | undefined, { publish: { people } }: Config): People {
  if (given === undefined) return people;
  const rule = RULES.find((one) => one === given);
  if (rule === undefined) throw new UsageError(`--people: expected ${RULES.join(", ")}, found ${JSON.stringify(given)}`);
  return rule;
}

interface Known {
  readonly names: WithheldNames | undefined;
  readonly unknown: readonly string[];
}

/** Who there is, the database knows as the last build left it. A folder can be looked at where it is not. */
async function namesOf(loaded: LoadedConfig, people: People): Promise<Known> {
  try {
    const warehouse = await openWarehouse(databaseOf(loaded), { mode: "read" });
    try {
      if (!(await hasModel(warehouse))) throw new UsageError("nothing was built from it yet; `quarterdeck build` does");
      return { names: await withheldNames(warehouse, people, localQueriesOf(loaded)), unknown: [] };
    } finally {
      warehouse.close();
    }
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return { names: undefined, unknown: [`names of people, which the database knows: ${error.message}`] };
  }
}

async function hasModel(warehouse: Warehouse): Promise<boolean> {
  const [found] = await warehouse.rows("select 1 as one from duckdb_tables() where schema_name = 'model' and table_name = 'person_login'");
  return found !== undefined;
}

const ordinaryOf = (names: WithheldNames | undefined) =>
  names === undefined || names.ordinary === 0 ? [] : [`names of people that are words of the data too: ${names.ordinary}`];

const packedOf = (packed: number) => (packed === 0 ? [] : [`files whose text is packed, such as PDF and Parquet: ${packed}`]);

async function requireFolder(folder: string, shown: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(`there is no folder ${shown}; \`quarterdeck build\` makes it`);
}
