import { loadConfig, type LoadedConfig } from "../config/load.ts";
import { secretsIn } from "../config/secret.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { ConfigError, KnownError, UsageError } from "../errors.ts";
import { type Finding, inSection } from "./finding.ts";
import { queryFindings } from "./local-queries.ts";
import { outputFindings } from "./output.ts";

const { ok, problem } = inSection("configuration");

export interface ConfigurationState {
  readonly findings: readonly Finding[];
  /** Undefined where it cannot be read. */
  readonly loaded: LoadedConfig | undefined;
}

/** Every problem of quarterdeck.yaml. One whose only fault is a variable that is not set is good enough to look further. */
export async function configurationState(
  path: string | undefined,
  effects: Effects,
): Promise<ConfigurationState> {
  const problems = await problemsOf(path, effects);
  const loaded = await loadConfig(path, effects, { secrets: "ignored" }).catch((error: unknown) => {
    if (error instanceof KnownError) return undefined;
    throw error;
  });
  if (loaded === undefined) return { findings: problems, loaded };
  // Sources are asked with what is set; what is not is a finding already.
  for (const secret of secretsIn(loaded.config)) secret.resolve(effects.env);
  const file = ok(shownPath(loaded.file, effects.cwd), problems.length === 0 ? "found and valid" : "found");
  const findings = [
    file,
    ...problems,
    ...variableFindings(loaded, effects),
    ...(await queryFindings(loaded)),
    ...outputFindings(loaded, effects),
  ];
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
    if (error instanceof UsageError)
      return [problem("quarterdeck.yaml", error.message, "quarterdeck init, or name the file with --config")];
    throw error;
  }
}

function remedyOf(message: string): string {
  const variable = /^the environment variable (\w+) is not set$/.exec(message)?.[1];
  return variable === undefined
    ? "correct it; docs/configuration.md has every key"
    : `export ${variable}=... where quarterdeck runs`;
}

function variableFindings({ config }: LoadedConfig, { env }: Effects): Finding[] {
  const names = [...new Set(secretsIn(config).map(({ variable }) => variable))].filter((name) => env[name]);
  return names.length === 0 ? [] : [ok("environment variables", `${names.join(", ")} set`)];
}
