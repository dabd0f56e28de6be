import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { oneOf } from "../config/suggest.ts";
import { shownPath } from "../config/shown-path.ts";
import { withPortableJudgement } from "../controls/judged.ts";
import { ENGINES, readEngine, type EngineName } from "../dialect/engine.ts";
import { scriptFor, type Script } from "../dialect/script.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { inOrder, neededFor } from "../warehouse/dependencies.ts";
import { inForce, setVariables } from "../warehouse/model.ts";
import { readArguments } from "./command.ts";
import { sql as command } from "./help/sql.ts";
import { openSession, type Session } from "./session.ts";

/** Writes the queries above staging as a script of another engine. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(command, args);
  const name = engineNamed(values.dialect);
  const session = await openSession(values, effects);
  try {
    const script = await scriptOf(session, name, { isPart: values["what-works"] === true });
    for (const { file, construct } of script.problems) effects.stderr(`${file}: ${readEngine(name).title} has no ${construct}\n`);
    if (script.problems.length > 0 && values["what-works"] !== true) return 1;
    await write(script, name, values.output, effects);
    return script.problems.length > 0 ? 1 : 0;
  } finally {
    session.warehouse.close();
  }
}

function engineNamed(name: string | undefined): EngineName {
  const known = ENGINES.find((engine) => engine === name);
  if (known !== undefined) return known;
  throw new UsageError(`--dialect: expected ${oneOf(ENGINES)}, found ${name === undefined ? "none" : JSON.stringify(name)}`);
}

/** The script of an engine: of all that it can have, or of what some relations are made from. */
export async function scriptOf({ warehouse, input }: Session, name: EngineName, { isPart = false, only }: Part = {}): Promise<Script> {
  const { files, settings } = inForce(input);
  await setVariables(warehouse, settings);
  const ordered = await inOrder(warehouse, files.map(withPortableJudgement));
  const needed = only && neededFor(only, ordered);
  const asked = needed ? { ...ordered, files: ordered.files.filter(({ relation }) => needed.has(relation)) } : ordered;
  return scriptFor(readEngine(name), { warehouse, ordered: asked, settings, isPart });
}

interface Part {
  readonly isPart?: boolean;
  readonly only?: readonly string[];
}

async function write(script: Script, name: EngineName, output: string | undefined, effects: Effects): Promise<void> {
  if (output === undefined) {
    effects.stdout(script.sql);
    return;
  }
  const folder = resolve(effects.cwd, output);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `quarterdeck.${name}.sql`);
  await writeFile(file, script.sql);
  effects.stdout(`${shownPath(file, effects.cwd)}: ${script.made.length} tables and views, made from ${script.inputs.length} tables that are to be filled first\n`);
}
