import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const LEFT = /^(\d+)-[A-Za-z0-9]{6}$/;

/** Beginning of the name of a folder that this process makes for itself with `mkdtemp`. */
export const ownPrefix = (name: string): string => `${name}-${process.pid}-`;

/** Removes what processes that were killed left in folders of such a name; those of other users stay. */
export function removeKilled(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    const [, writer] = entry.startsWith(`${name}-`) ? (LEFT.exec(entry.slice(name.length + 1)) ?? []) : [];
    if (writer === undefined || isRunning(Number(writer))) continue;
    if (isOwn(join(folder, entry))) rmSync(join(folder, entry), { recursive: true, force: true });
  }
}

function isOwn(path: string): boolean {
  const owner = lstatSync(path, { throwIfNoEntry: false })?.uid;
  return owner !== undefined && (process.getuid === undefined || owner === process.getuid());
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // It runs and is somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
