import { release } from "node:os";
import { execa } from "execa";
import type { Effects } from "../effects.ts";
import { type Finding, inSection } from "./finding.ts";

const { ok, problem } = inSection("versions");

/** Oldest that run TypeScript and git's commands as they are used here. */
const LEAST_NODE = "22.18";
const LEAST_GIT = "2.30";

export interface Versions {
  readonly node: string;
  readonly quarterdeck: string;
}

/** What runs here, and whether it is new enough. Git matters only where a source is read with it. */
export async function* versionFindings(
  { node, quarterdeck }: Versions,
  needsGit: boolean,
  effects: Effects,
): AsyncGenerator<Finding> {
  yield ok("Quarterdeck", quarterdeck);
  yield nodeFinding(node);
  yield await engineFinding();
  if (needsGit) yield await gitFinding(effects);
  yield ok("platform", `${process.platform} ${process.arch}, ${release()}`);
}

function nodeFinding(version: string): Finding {
  return isAtLeast(version, LEAST_NODE)
    ? ok("Node.js", version)
    : problem("Node.js", `${version}, too old`, `install ${LEAST_NODE} or later from https://nodejs.org`);
}

async function engineFinding(): Promise<Finding> {
  try {
    const { version } = await import("@duckdb/node-api");
    return ok("DuckDB", version());
  } catch (error) {
    return problem(
      "DuckDB",
      `cannot be loaded: ${firstLine(error)}`,
      "install the packages anew, without --omit=optional: the engine comes as an optional package for each platform",
    );
  }
}

async function gitFinding({ env }: Effects): Promise<Finding> {
  const remedy = `install Git ${LEAST_GIT} or later and put it on the PATH: a source is read with it`;
  try {
    const { stdout } = await execa("git", ["--version"], { env, extendEnv: false });
    const version = /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? "";
    return isAtLeast(version, LEAST_GIT)
      ? ok("git", version)
      : problem("git", `${version || stdout}, too old`, remedy);
  } catch {
    return problem("git", "not found", remedy);
  }
}

/** Compares number by number: 2.9 is older than 2.30. */
export function isAtLeast(version: string, least: string): boolean {
  const [found, needed] = [version, least].map((text) => text.split(".").map(Number));
  for (const [index, number] of (needed ?? []).entries()) {
    const other = found?.[index] ?? 0;
    if (other !== number) return other > number;
  }
  return true;
}

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
