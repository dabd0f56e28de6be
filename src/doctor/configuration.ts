import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { loadConfig, type LoadedConfig } from "../config/load.ts";
import { secretsIn } from "../config/secret.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { ConfigError, KnownError, UsageError } from "../errors.ts";
import { localQueriesOf } from "../cli/session.ts";
import { inOrder } from "../warehouse/dependencies.ts";
import { queryFiles } from "../warehouse/model.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { placeOf, type QueryFile } from "../warehouse/query-file.ts";
import { type Finding, inSection } from "./finding.ts";

const { ok, warning, problem } = inSection("configuration");

export interface ConfigurationState {
  readonly findings: readonly Finding[];
  /** Undefined where it cannot be read. */
  readonly loaded: LoadedConfig | undefined;
}

/** Every problem of quarterdeck.yaml. One whose only fault is a variable that is not set is good enough to look further. */
export async function configurationState(path: string | undefined, effects: Effects): Promise<ConfigurationState> {
  const problems = await problemsOf(path, effects);
  const loaded = await loadConfig(path, effects, { secrets: "ignored" }).catch((error: unknown) => {
    if (error instanceof KnownError) return undefined;
    throw error;
  });
  if (loaded === undefined) return { findings: problems, loaded };
  const file = ok(shownPath(loaded.file, effects.cwd), problems.length === 0 ? "found and valid" : "found");
  const findings = [file, ...problems, ...variableFindings(loaded, effects), ...(await queryFindings(loaded)), ...outputFindings(loaded, effects)];
  return { findings, loaded };
}

async function problemsOf(path: string | undefined, effects: Effects): Promise<Finding[]> {
  try {
    await loadConfig(path, effects);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems.map(({ file, line, path: key, message }) =>
        problem(`${file}:${line}`, `${key === "" ? "" : `${key}: `}${message}`, remedyOf(message)),
      );
    }
    if (error instanceof UsageError) return [problem("quarterdeck.yaml", error.message, "quarterdeck init, or name the file with --config")];
    throw error;
  }
}

function remedyOf(message: string): string {
  const variable = /^the environment variable (\w+) is not set$/.exec(message)?.[1];
  return variable === undefined ? "correct it; docs/configuration.md has every key" : `export ${variable}=... where quarterdeck runs`;
}

function variableFindings({ config }: LoadedConfig, { env }: Effects): Finding[] {
  const names = [...new Set(secretsIn(config).map(({ variable }) => variable))].filter((name) => env[name]);
  return names.length === 0 ? [] : [ok("environment variables", `${names.join(", ")} set`)];
}

/** The user's own queries: each can be read, is one SELECT, and reads what there is. */
async function queryFindings(loaded: LoadedConfig): Promise<Finding[]> {
  try {
    const folder = localQueriesOf(loaded);
    const product = new Set(queryFiles().map(({ relation }) => relation));
    const files = queryFiles(folder);
    await checkOrder(files);
    return files.filter(({ isLocal }) => isLocal).map((file) => ruleFinding(file, product.has(file.relation)));
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return [problem(loaded.config.queries, error.message, "correct or remove the file: until then nothing can be computed")];
  }
}

async function checkOrder(files: readonly QueryFile[]): Promise<void> {
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  try {
    await inOrder(warehouse, files);
  } finally {
    warehouse.close();
  }
}

function ruleFinding(file: QueryFile, replaces: boolean): Finding {
  const said = `${replaces ? "replaces" : "adds"} ${file.relation}, SHA-256 ${file.sha256.slice(0, 12)}`;
  return replaces
    ? warning(placeOf(file), said, "none needed if it is meant: what it touches is marked as a local rule wherever it appears")
    : ok(placeOf(file), said);
}

function outputFindings({ config, directory, file }: LoadedConfig, effects: Effects): Finding[] {
  const output = resolve(directory, config.output);
  const shownAs = shownPath(output, effects.cwd);
  const found = statSync(output, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) {
    return [problem(shownAs, "`output` is a file, where the site needs a folder", "name another folder at `output`")];
  }
  const swallowed = [file, resolve(directory, config.database), ...sourcePaths(config, directory)].find((path) => isInside(path, output));
  if (swallowed !== undefined) {
    return [
      problem(shownAs, `\`output\` holds ${shownPath(swallowed, effects.cwd)}, which would be published with the site`, "name a folder of its own at `output`"),
    ];
  }
  const read = readBack(config, directory, output);
  if (read !== undefined) {
    return [problem(shownAs, `\`output\` lies where ${read} is read from, so that what was published would be collected`, "name a folder outside of it at `output`")];
  }
  const writable = nearestFolder(output);
  return isWritable(writable)
    ? [ok(shownAs, found === undefined ? "`output` can be made" : "`output` can be written")]
    : [problem(shownAs, `\`output\` cannot be written: ${writable} is not ours to write`, "change its owner or permissions, or name another folder")];
}

/** A pattern that goes down into every folder, that of the site included. */
function readBack(config: LoadedConfig["config"], directory: string, output: string): string | undefined {
  return Object.values(config.sources)
    .flatMap((source) => (source.collector === "files" ? source.files : []))
    .map(({ path }) => path)
    .find((path) => path.includes("**") && isInside(output, resolve(directory, folderBefore(path))));
}

/** Of a pattern, the folder before its first wildcard. */
const folderBefore = (pattern: string) => pattern.replace(/[^/]*[*?{[(!].*$/, "");

/** Where sources stand, as far as a path says it. */
function sourcePaths(config: LoadedConfig["config"], directory: string): string[] {
  return Object.values(config.sources).flatMap((source) => {
    if (source.collector === "git") return source.repositories.map(({ path }) => resolve(directory, path));
    if (source.collector !== "files") return [];
    return source.files.map(({ path }) => resolve(directory, folderBefore(path)));
  }).filter((path) => path !== resolve(directory));
}

const isInside = (path: string, folder: string) => path === folder || !relative(folder, path).split(sep).includes("..");

function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
