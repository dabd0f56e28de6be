import { stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { CONFIG_FILE } from "../config/load.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { writeNewFile } from "../new-file.ts";
import { calledAs } from "./called-as.ts";
import { readArguments } from "./command.ts";
import { init } from "./help/init.ts";
import { type Clone, isBundle, readClone } from "./init/clone.ts";
import { starterConfig } from "./init/starter-config.ts";
import { packageFile } from "./package-file.ts";

/** Writes a quarterdeck.yaml to begin with. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(init, args);
  const file = await fileToWrite(resolve(effects.cwd, values.config ?? CONFIG_FILE));
  const clone = await cloneToCollect(positionals[0], effects);
  await writeNew(
    file,
    starterConfig(clone, { directory: dirname(file), schema: schemaBeside(dirname(file)) }),
    effects,
  );
  effects.stdout(nextSteps(shownPath(file, effects.cwd), clone, calledAs(effects)));
  return 0;
}

async function cloneToCollect(path: string | undefined, effects: Effects): Promise<Clone | undefined> {
  const clone = await readClone(resolve(effects.cwd, path ?? "."), effects);
  if (path !== undefined && !clone) throw new UsageError(await noClone(path, effects));
  return clone;
}

async function noClone(path: string, effects: Effects): Promise<string> {
  if (!(await isBundle(resolve(effects.cwd, path)))) return `${path} is not a git clone: name the folder of one, or leave it out to write a file with examples`;
  const folder = basename(path).replace(/\.[^.]+$/, "");
  return `${path} is a git bundle: unpack it with \`git clone ${path} ${folder}\`, then run \`quarterdeck init ${folder}\``;
}

async function fileToWrite(path: string): Promise<string> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isDirectory ? join(path, CONFIG_FILE) : path;
}

async function writeNew(file: string, text: string, effects: Effects): Promise<void> {
  try {
    await writeNewFile(file, text);
  } catch (error) {
    const shownAs = shownPath(file, effects.cwd);
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") throw new UsageError(`${shownAs} is there already; init never overwrites: remove it first, or write another with --config`);
    if (code === "ENOENT") throw new UsageError(`${dirname(shownAs)} does not exist; make the folder first`);
    throw error;
  }
}

// An editor completes and checks the file only where the package is installed beside it.
function schemaBeside(directory: string): string | undefined {
  const path = relative(directory, packageFile("schema", "quarterdeck.schema.json"));
  return path.startsWith("node_modules") ? `./${path.replaceAll("\\", "/")}` : undefined;
}

const NO_TAGS = [
  "No release tags were found, so its deployments are unknown and every figure will say \"no data\". Either tag its",
  "releases (git tag v1.0.0), or bring a file of its deployments: quarterdeck.yaml shows both.",
];

function nextSteps(file: string, clone: Clone | undefined, command: string): string {
  const found = clone
    ? `It collects ${clone.repository}${clone.tags ? ` and takes tags like ${clone.tags.pattern} as releases` : ""}.`
    : "No git clone was found here: name a source in it before you go on.";
  return [
    `Wrote ${file}. ${found}`,
    ...(clone && !clone.tags ? NO_TAGS : []),
    "",
    "Next:",
    `  ${command} collect   read the sources into the database`,
    `  ${command} build     compute the figures and write the site`,
    `  ${command} preview   look at it on this machine`,
    "",
    `Whenever something is missing or odd: ${command} doctor`,
    ...(command === "quarterdeck" ? [] : [`Where a message says \`quarterdeck\`, type \`${command}\`.`]),
    "",
    "Keep the database and the site out of version control: *.duckdb and public/ in .gitignore.",
    "",
  ].join("\n");
}
