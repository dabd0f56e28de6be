import { existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { holdsOnlySpilled, spillFolder } from "../warehouse/leftovers.ts";
import { usableMegabytes } from "../warehouse/open.ts";
import { bytes, type Finding, inSection } from "./finding.ts";

const { ok, warning, problem } = inSection("database");

const LITTLE_SPACE = 1e9;

/** Copies made before an upgrade hold the same data. */
export function permissionFindings(path: string): Finding[] {
  if (process.platform === "win32") return [];
  const beside = readdirSync(dirname(path)).filter(
    (name) => name === basename(path) || name.startsWith(`${basename(path)}.`),
  );
  const open = beside
    .map((name) => join(dirname(path), name))
    .filter((file) => ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0);
  if (open.length === 0) return [ok("permissions", "readable by its owner only")];
  return open.map((file) => {
    const isFolder = statSync(file).isDirectory();
    return problem(
      file,
      "others than its owner can get at it",
      `chmod ${isFolder ? "700" : "600"} ${quoted(file)}`,
    );
  });
}

export function spaceFindings(path: string): Finding[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  // A model build writes new tables before it drops the old ones.
  const needed = Math.max(LITTLE_SPACE, statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return free >= needed
    ? [ok("disk", `${bytes(free)} free in ${folder}`)]
    : [
        warning(
          "disk",
          `${bytes(free)} free in ${folder}`,
          `free some: a run may need as much as the database itself, here ${bytes(needed)}`,
        ),
      ];
}

export function memoryFindings(memoryLimit: string | undefined): Finding[] {
  const limit = memoryLimit === undefined ? usableMegabytes() * 1e6 : inBytes(memoryLimit);
  const available = process.availableMemory();
  const said = `the database may take ${bytes(limit)} (${memoryLimit === undefined ? "default" : "`database_memory`"}), ${bytes(available)} are available`;
  return limit <= available
    ? [ok("memory", said)]
    : [
        warning(
          "memory",
          said,
          "set `database_memory` in quarterdeck.yaml to what can be spared; what does not fit goes to disk",
        ),
      ];
}

const inBytes = (amount: string) => Number.parseFloat(amount) * (amount.endsWith("GB") ? 1e9 : 1e6);

/** Nobody holds the lock, since the database opened: whoever left these was killed. */
export function leftoverFindings(path: string): Finding[] {
  const log = `${path}.wal`;
  const folder = spillFolder(path);
  return [
    ...(existsSync(log)
      ? [
          warning(
            log,
            "a run was cut short and left its log",
            "quarterdeck collect, which takes it in; never delete it: it holds what was stored last",
          ),
        ]
      : []),
    ...(existsSync(folder) && holdsOnlySpilled(path)
      ? [
          warning(
            folder,
            "a run was killed and left temporary files",
            "quarterdeck collect, which removes them",
          ),
        ]
      : []),
    ...(existsSync(folder) && !holdsOnlySpilled(path)
      ? [
          warning(
            folder,
            "stands where the database puts temporary files, and is not of its making",
            "move it elsewhere",
          ),
        ]
      : []),
  ];
}

const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);
