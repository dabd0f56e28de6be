import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "../../collectors/contract.ts";
import { DataError } from "../errors.ts";
import { ownFolder } from "../killed.ts";
import { buildModel, isProducts, setVariables, type ModelInput } from "../warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open.ts";
import { parametersOf, type Settings } from "../warehouse/parameters.ts";
import { copyCollected } from "./copy.ts";
import type { Pseudonyms } from "./key.ts";
import { readPeople, type People } from "./people.ts";
import { pseudonymised } from "./values.ts";
import type { Replacer } from "./words.ts";

export interface PseudonymisedDatabase {
  /** To be read like the one that it was made of; gone when it is closed. */
  readonly warehouse: Warehouse;
  readonly input: ModelInput;
  /** The organisation's own queries, without names; need not exist. */
  readonly localQueries: string;
  readonly people: People;
}

interface Made {
  readonly input: ModelInput;
  readonly asOf: string;
  readonly memoryLimit: string | undefined;
}

/**
 * Makes a second database in which nobody has a name, and builds its model with the same queries: whatever is read from it names nobody, and
 * follows from its records as the first one's from theirs. Closes the first.
 * @throws {DataError} when results of controls are not the same in both
 */
export async function pseudonymisedDatabase(
  named: Warehouse,
  pseudonyms: Pseudonyms,
  made: Made,
): Promise<PseudonymisedDatabase> {
  const folder = ownFolder(tmpdir(), "quarterdeck-pseudonyms");
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const people = await readPeople(named, pseudonyms, made.input.localQueries);
    const input = inputOf(made, people.replacer, folder);
    const path = join(folder, "quarterdeck.duckdb");
    await build(named, path, input, people.replacer, made.memoryLimit);
    const warehouse = await openWarehouse(path, { mode: "read", memoryLimit: made.memoryLimit });
    // Pseudonyms stand wherever a name would, whatever pages show.
    await setVariables(warehouse, { ...input.variables, people: "names", pseudonyms: pseudonyms.fingerprint });
    const close = () => {
      warehouse.close();
      remove();
    };
    const { localQueries = join(folder, "queries") } = input;
    return { warehouse: { ...warehouse, close }, input, localQueries, people };
  } catch (error) {
    remove();
    throw error;
  } finally {
    named.close();
  }
}

async function build(
  named: Warehouse,
  path: string,
  input: ModelInput,
  replacer: Replacer,
  memoryLimit: string | undefined,
): Promise<void> {
  const before = await resultsOf(named);
  const writer = await openWarehouse(path, { mode: "write", memoryLimit });
  try {
    await copyCollected(named, writer, replacer);
    await buildModel(writer, { ...input, variables: { ...input.variables, people: "names" } });
    refuseOthers(before, await resultsOf(writer));
  } finally {
    writer.close();
  }
}

/** Counts of results, by what they say. */
type Results = ReadonlyMap<string, number>;

async function resultsOf(warehouse: Warehouse): Promise<Results> {
  const rows = await warehouse.rows<{ what: string; units: number }>(
    `select control || ', ' || replace(unit_kind, '_', ' ') || ', ' || status as what, count(*) as units
     from controls.result group by what order by what`,
  );
  return new Map(rows.map(({ what, units }) => [what, units]));
}

/** Who is one person stays one, so nothing may come out otherwise. */
function refuseOthers(before: Results, after: Results): void {
  const whats = [...new Set([...before.keys(), ...after.keys()])].sort();
  const others = whats.filter((what) => before.get(what) !== after.get(what));
  if (others.length === 0) return;
  const listed = others.map((what) => `${what}: ${before.get(what) ?? 0} units are ${after.get(what) ?? 0}`);
  throw new DataError(
    `under pseudonyms controls find something else, so no pack was written: ${listed.slice(0, 5).join("; ")}${listed.length > 5 ? "; ..." : ""}. A login that is a word of the data too may be the reason: \`quarterdeck query model.person_login\` lists them`,
  );
}

function inputOf({ input, asOf }: Made, replacer: Replacer, folder: string): ModelInput {
  const document = withoutRules(pseudonymised(input.document as unknown as Json, replacer));
  const settings = document as unknown as Settings;
  const { localQueries: queries, localFrameworks: frameworks } = input;
  return {
    document: document as unknown as ModelInput["document"],
    variables: parametersOf(settings, asOf),
    ...(queries === undefined || isProducts(queries)
      ? {}
      : { localQueries: withoutNames(queries, join(folder, "queries"), replacer) }),
    ...(frameworks === undefined ? {} : { localFrameworks: withoutNames(frameworks, join(folder, "frameworks"), replacer) }),
  };
}

/** What rules make one person of has one pseudonym already; their text may name people. */
function withoutRules(document: Json): Json {
  const { people, ...rest } = document as { people: { [key: string]: Json } };
  return { ...rest, people: { ...people, rules: [] } };
}

/** The organisation's own queries and frameworks, which may name people too. */
function withoutNames(from: string, to: string, replacer: Replacer): string {
  if (!existsSync(from)) return to;
  cpSync(from, to, { recursive: true, dereference: true });
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && /\.(?:sql|ya?ml|json)$/.test(entry.name))
      writeFileSync(path, replacer.text(readFileSync(path, "utf8")));
  }
  return to;
}

