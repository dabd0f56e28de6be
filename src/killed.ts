import { hash } from "node:crypto";
import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DataError } from "./errors.ts";

/** Numbers of processes mean something on one machine only, and containers may share a folder. */
const HERE = hash("sha256", hostname()).slice(0, 8);
const LEFT = /^([0-9a-f]{8})-(\d+)-[A-Za-z0-9]{6}$/;

/** How the name of a folder begins that belongs to a process of this machine. */
export const ofProcess = (name: string, id: number): string => `${name}-${HERE}-${id}-`;

/**
 * Makes a folder for this process alone, whose name says whose it is, and removes those of the same name that processes which were killed
 * left: they may hold as much as the database, and as private.
 */
export function ownFolder(parent: string, name: string): string {
  if (!existsSync(parent))
    throw new DataError(`there is no folder ${parent}, where temporary files go: make it, or let TMPDIR name another`);
  removeKilled(parent, name);
  return mkdtempSync(join(parent, ofProcess(name, process.pid)));
}

/** Those of other users stay. */
function removeKilled(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    const [, machine, writer] = entry.startsWith(`${name}-`) ? (LEFT.exec(entry.slice(name.length + 1)) ?? []) : [];
    if (machine !== HERE || isRunning(Number(writer))) continue;
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
