import { createHash } from "node:crypto";
import { mkdtemp, open, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { StreamContext } from "../contract.ts";
import type { RepositoryConfig } from "./config.ts";
import { bundleHeads, cloneBundle, failure, git, type GitLocation } from "./git.ts";

/** A repository that git can read. `close` removes what was unpacked for it. */
export interface Repository extends GitLocation {
  readonly config: RepositoryConfig;
  /** Of a bundle: changes when what it carries, or what is asked of it, does. */
  readonly fingerprint?: string;
  readonly close: () => Promise<void>;
}

/**
 * Opens a clone, a bare repository or a bundle. A bundle whose fingerprint is `known` is not unpacked:
 * undefined says that there is nothing new in it.
 */
export async function openRepository(
  config: RepositoryConfig,
  context: Pick<StreamContext, "baseDirectory" | "report">,
  known?: string,
): Promise<Repository | undefined> {
  const named = { name: config.repository, path: config.path };
  const absolute = resolve(context.baseDirectory, config.path);
  const status = await stat(absolute).catch(() => undefined);
  if (!status) {
    throw failure(
      named,
      "missing",
      `there is no such file or folder: ${absolute}. Correct \`path\`, or clone the repository there`,
    );
  }
  if (status.isDirectory()) {
    return { ...named, directory: await gitDirectory(named, absolute), config, close: async () => {} };
  }
  // Git would wait for whoever writes into a pipe.
  if (!status.isFile()) throw failure(named, "missing", "is a device, pipe or socket: expected a clone, a bare repository or a bundle");
  return openBundle({ ...named, directory: absolute }, config, context, known);
}

async function gitDirectory(named: Pick<GitLocation, "name" | "path">, folder: string): Promise<string> {
  if (await exists(join(folder, ".git"))) return join(folder, ".git");
  if ((await exists(join(folder, "HEAD"))) && (await exists(join(folder, "objects")))) return folder;
  throw failure(
    named,
    "missing",
    "is not a Git repository: expected a clone (with a .git), a bare repository or a bundle",
  );
}

async function openBundle(
  location: GitLocation,
  config: RepositoryConfig,
  context: Pick<StreamContext, "report">,
  known: string | undefined,
): Promise<Repository | undefined> {
  await assertBundle(location);
  const fingerprint = hash([await bundleHeads(location), config.main ?? null, config.paths]);
  if (fingerprint === known) return undefined;
  context.report(`${location.name}: unpacking ${location.path}`);
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-git-"));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    await cloneBundle(location, folder);
  } catch (error) {
    await close();
    throw error;
  }
  return { ...location, directory: folder, config, fingerprint, close };
}

/** @throws {SourceError} for a file that is none */
export async function assertBundle(location: GitLocation): Promise<void> {
  const file = await open(location.directory);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(32), 0, 32, 0);
    if (!/^# v\d git bundle\n/.test(buffer.toString("latin1", 0, bytesRead))) {
      throw failure(
        location,
        "schema",
        "is a file, but not a Git bundle. Expected a clone, a bare repository, or what `git bundle create <file> --all` makes",
      );
    }
  } finally {
    await file.close();
  }
}

/**
 * Commits whose parents a shallow clone does not have, with the parents that they truly have (git prints
 * none): so that a commit is the same record whether it was the edge of a clone or not.
 */
export async function shallowEdge(repository: Repository): Promise<ReadonlyMap<string, readonly string[]>> {
  const [isShallow, file] = (
    await git(repository, ["rev-parse", "--is-shallow-repository", "--git-path", "shallow"])
  ).split("\n");
  if (isShallow !== "true" || file === undefined) return new Map();
  const shas = (await readFile(file, "utf8")).split("\n").filter((sha) => sha !== "");
  const raw = await git(
    repository,
    ["log", "--no-walk=unsorted", "--format=raw", "--stdin"],
    shas.join("\n"),
  );
  return new Map(
    raw
      .split(/^(?=commit )/m)
      .map((object) => [
        object.slice("commit ".length).split(/\s/, 1)[0] ?? "",
        [...object.matchAll(/^parent (\w+)$/gm)].map(([, parent = ""]) => parent),
      ]),
  );
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
