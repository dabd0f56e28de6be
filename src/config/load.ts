import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { z } from "zod";
import type { Effects } from "../effects.ts";
import { ConfigError, UsageError } from "../errors.ts";
import { type Finding, findingsOf } from "./findings.ts";
import { brokenRules } from "./rules.ts";
import { type Config, configSchema } from "./schema.ts";
import { secretsIn } from "./secret.ts";
import { shapeOf } from "./shape.ts";
import { withLinksFile } from "./links-file.ts";
import { shownPath } from "./shown-path.ts";
import { variableFindings } from "./variables.ts";
import { type Path, readYaml, type YamlFile } from "./yaml.ts";

export const CONFIG_FILE = "quarterdeck.yaml";

export interface LoadedConfig {
  readonly config: Config;
  /** Absolute path of the file. */
  readonly file: string;
  /** Absolute path of its folder: relative paths in the configuration start here. */
  readonly directory: string;
}

export interface LoadOptions {
  /** `ignored`: for commands that ask no source, so that a build needs no tokens. */
  readonly secrets?: "needed" | "ignored";
}

/**
 * Reads and checks quarterdeck.yaml (or the file, or the folder's file, that `path` names). All problems
 * come at once, as one ConfigError.
 */
export async function loadConfig(
  path: string | undefined,
  effects: Effects,
  options: LoadOptions = {},
): Promise<LoadedConfig> {
  const file = await configFile(resolve(effects.cwd, path ?? CONFIG_FILE));
  const shownAs = shownPath(file, effects.cwd);
  const text = await readText(file, shownAs);
  const environment = options.secrets === "ignored" ? undefined : effects.env;
  const config = parseConfig(text, shownAs, configSchema, environment, brokenRules);
  const directory = dirname(file);
  return { config: withLinksFile(config, directory), file, directory };
}

/** Behind what is no YAML nearly every token is one more problem, which quotes as much as a line holds. */
const MOST_OF_YAML = 20;
const LONGEST_MESSAGE = 1_000;

/** The text of a configuration as `schema` reads it, or one ConfigError with everything wrong in it. */
export function parseConfig<Schema extends z.ZodType>(
  text: string,
  shownAs: string,
  schema: Schema,
  environment: Effects["env"] | undefined,
  rules: (config: z.output<Schema>) => readonly Finding[] = () => [],
): z.output<Schema> {
  const yaml = readYaml(text);
  if (yaml.problems.length > 0) {
    throw new ConfigError(
      yaml.problems
        .slice(0, MOST_OF_YAML)
        .map(({ line, message }) => ({ file: shownAs, path: "", line, message: message.slice(0, LONGEST_MESSAGE) })),
    );
  }
  const { output, findings } = validate(schema, yaml.value, environment);
  const broken = output === undefined ? findings : [...findings, ...rules(output)];
  if (broken.length > 0 || output === undefined) throw configError(broken, yaml, shownAs);
  if (environment) for (const secret of secretsIn(output)) secret.resolve(environment);
  return output;
}

function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  environment: Effects["env"] | undefined,
) {
  const shape = shapeOf(schema);
  const result = schema.safeParse(value);
  const variables = variableFindings(value, shape, environment);
  const said = new Set(variables.map(({ path }) => path.join("\0")));
  const others = result.success ? [] : findingsOf(result.error.issues, value, shape);
  return {
    output: result.success ? result.data : undefined,
    findings: [...variables, ...others.filter(({ path }) => !said.has(path.join("\0")))],
  };
}

function configError(findings: readonly Finding[], yaml: YamlFile, file: string): ConfigError {
  const problems = findings.map(({ path, message }) => ({
    file,
    line: yaml.lineOf(path),
    path: dotted(message.startsWith("missing") ? path : yaml.written(path)),
    message,
  }));
  return new ConfigError(problems.toSorted((a, b) => a.line - b.line));
}

const dotted = (path: Path) =>
  path.map((step) => (/^[\w-]+$/.test(String(step)) ? String(step) : JSON.stringify(step))).join(".");

async function configFile(path: string): Promise<string> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isDirectory ? join(path, CONFIG_FILE) : path;
}

async function readText(file: string, shownAs: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (error) {
    throw unreadable(error, shownAs);
  }
}

function unreadable(error: unknown, shownAs: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") {
    return new UsageError(`there is no ${shownAs}; \`quarterdeck init\` makes one`);
  }
  if (code === "EACCES" || code === "ENOTDIR")
    return new UsageError(`${shownAs} cannot be read: ${error.message}`);
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
    return new ConfigError([{ file: shownAs, line: 1, path: "", message: "expected UTF-8 text" }]);
  }
  return error;
}
