import { execFile } from "node:child_process";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import type { Effects } from "../../effects.ts";
import { guessReleaseTags, type ReleaseTags } from "../../../collectors/git/release-tags.ts";

/** What a git clone tells about itself. */
export interface Clone {
  readonly path: string;
  /** `acme/payments` where a remote says so, else the folder's name. */
  readonly repository: string;
  readonly mainLine: string | undefined;
  readonly tags: ReleaseTags | undefined;
}

type Git = (...args: string[]) => Promise<string | undefined>;

/** The clone or bare repository at or around a folder; undefined where there is none. */
export async function readClone(folder: string, effects: Effects): Promise<Clone | undefined> {
  const git = gitIn(folder, effects);
  const path = (await git("rev-parse", "--show-toplevel")) ?? (await bareRepository(git));
  if (!path) return undefined;
  const remote = await git("config", "--get", "remote.origin.url");
  return {
    path,
    repository: nameFromRemote(remote) ?? folderName(remote ?? path),
    mainLine: await mainLine(git),
    tags: guessReleaseTags(((await git("tag", "--list")) ?? "").split("\n").filter(Boolean)),
  };
}

async function bareRepository(git: Git): Promise<string | undefined> {
  return (await git("rev-parse", "--is-bare-repository")) === "true"
    ? git("rev-parse", "--absolute-git-dir")
    : undefined;
}

async function mainLine(git: Git): Promise<string | undefined> {
  const ofRemote = await git("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD");
  return ofRemote?.replace(/^origin\//, "") ?? (await git("symbolic-ref", "--quiet", "--short", "HEAD"));
}

/** Owner and name of a remote's address; its host, and any user or token in it, are left out. */
export function nameFromRemote(address: string | undefined): string | undefined {
  const path = /^(?:[a-z+]+:\/\/[^/]+\/|[^/:]+:(?!\/\/))(.+)$/i.exec(address ?? "")?.[1];
  const name = path
    ?.replace(/^[~/]+/, "")
    .replace(/\/+$/, "")
    .replace(/\.git$/, "");
  return name === "" ? undefined : name;
}

/** Of a remote on this machine too: a clone of payments.bundle may stand in a folder of any name. */
const folderName = (path: string) => basename(path).replace(/\.(git|bundle)$/, "") || "repository";

/** Whether a file is what `git bundle create` makes. */
export async function isBundle(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (!file) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.toString("latin1").startsWith("# v");
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

const execute = promisify(execFile);
const MOST_OUTPUT = 64 * 1024 * 1024;
// A clone may be somebody else's, as a volume of a container is: what is asked below runs nothing of it.
const OF_ANYBODY = ["-c", "safe.directory=*"];

function gitIn(folder: string, effects: Effects): Git {
  const env = { ...effects.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
  return async (...args) => {
    try {
      const { stdout } = await execute("git", [...OF_ANYBODY, "-C", folder, ...args], {
        env,
        maxBuffer: MOST_OUTPUT,
      });
      return stdout.trim();
    } catch {
      // No git, no repository, no such setting: each means that nothing is known.
      return undefined;
    }
  };
}
