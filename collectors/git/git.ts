import { devNull } from "node:os";
import { execa, type ResultPromise } from "execa";
import { SourceError } from "../../src/errors.ts";

/** What a message about a repository names, and where git finds it. */
export interface GitLocation {
  readonly name: string;
  /** As configured. */
  readonly path: string;
  /** The `.git` folder, or the bare repository. */
  readonly directory: string;
}

/**
 * A repository is somebody else's: its configuration must not make git start programs (hooks, fsmonitor,
 * gpg, pagers), follow replacements, or fetch what a partial clone lacks.
 */
const SETTINGS = [
  ["core.hooksPath", devNull],
  ["core.fsmonitor", "false"],
  ["core.quotePath", "false"],
  ["core.alternateRefsCommand", ""],
  ["log.showSignature", "false"],
  ["log.showRoot", "true"],
  ["i18n.logOutputEncoding", "UTF-8"],
].flatMap(([key, value]) => ["-c", `${key}=${value}`]);

const GLOBAL_ARGUMENTS = ["--no-pager", "--no-replace-objects", ...SETTINGS];

/** Runs git and gives what it printed. */
export async function git(location: GitLocation, args: readonly string[], input = ""): Promise<string> {
  try {
    const { stdout } = await start(args, input, { GIT_DIR: location.directory });
    return stdout as string;
  } catch (error) {
    throw failureOf(error, location, args);
  }
}

/** Runs git and yields what it prints, text by text between NULs, while it prints. */
export const gitFields = (location: GitLocation, args: readonly string[], input: string) =>
  gitParts(location, args, input, "\0");

/** Runs git and yields what it prints, line by line, while it prints. */
export const gitLines = (location: GitLocation, args: readonly string[]) =>
  gitParts(location, args, "", "\n");

async function* gitParts(
  location: GitLocation,
  args: readonly string[],
  input: string,
  separator: string,
): AsyncGenerator<string> {
  const subprocess = start(args, input, { GIT_DIR: location.directory }, { buffer: { stdout: false } });
  subprocess.catch(() => undefined); // Where the reader stops early, nobody waits for it.
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of subprocess.stdout ?? []) {
      const fields = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split(separator);
      rest = fields.pop() ?? "";
      yield* fields;
    }
    await subprocess;
  } catch (error) {
    throw failureOf(error, location, args);
  } finally {
    subprocess.kill();
  }
}

/** References and hashes that a bundle says it carries; does not unpack it. */
export async function bundleHeads(location: GitLocation): Promise<string> {
  try {
    const { stdout } = await start(["bundle", "list-heads", location.directory], "", {});
    return stdout as string;
  } catch (error) {
    throw failureOf(error, location, ["bundle"]);
  }
}

/** Unpacks a bundle into a new bare repository. */
export async function cloneBundle(location: GitLocation, target: string): Promise<void> {
  const args = ["clone", "--quiet", "--bare", "--template=", "--", location.directory, target];
  try {
    await start(args, "", { GIT_ALLOW_PROTOCOL: "file" });
  } catch (error) {
    throw failureOf(error, location, args);
  }
}

function start(
  args: readonly string[],
  input: string,
  env: Record<string, string>,
  options: { buffer?: { stdout: false } } = {},
): ResultPromise {
  return execa("git", [...GLOBAL_ARGUMENTS, ...args], {
    input,
    env: { ...environment(), ...env },
    extendEnv: false,
    stripFinalNewline: true,
    ...options,
  });
}

/**
 * The user's environment without its `GIT_*`: a run started from a hook must not read the hook's
 * repository. With GIT_DIR given, git neither searches upwards nor refuses a repository of another owner.
 */
function environment(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(own),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_LAZY_FETCH: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    LC_ALL: "C",
    TZ: "UTC",
  };
}

function failureOf(error: unknown, location: GitLocation, args: readonly string[]): unknown {
  if (!(error instanceof Error) || !("stderr" in error || "code" in error)) return error;
  if ("code" in error && error.code === "ENOENT") {
    return failure(
      location,
      "missing",
      "git was not found: install Git 2.30 or later and put it on the PATH",
      error,
    );
  }
  return failure(location, "schema", `git ${args[0]} failed: ${reasonOf(error)}. ${wayOut(args)}`, error);
}

function reasonOf(error: Error): string {
  const lines = String("stderr" in error ? error.stderr : "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const reason = lines.find((line) => /^(fatal|error): /.test(line)) ?? lines.at(-1) ?? error.message;
  return reason.replace(/^(fatal|error): /, "").replace(/\.$/, "");
}

function wayOut([command]: readonly string[]): string {
  return command === "clone" || command === "bundle"
    ? "Make the bundle again: git bundle create <file> --all"
    : "See what `git fsck` says there, or clone it anew";
}

/** An error that names repository and path, and what to do. */
export function failure(
  { name, path }: Pick<GitLocation, "name" | "path">,
  kind: "missing" | "schema",
  message: string,
  cause?: unknown,
): SourceError {
  return new SourceError(name, kind, `${name} (${path}): ${message}`, { cause });
}
