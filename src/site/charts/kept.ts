import { createHash, hash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { threadId } from "node:worker_threads";
import * as vega from "vega";
import * as lite from "vega-lite";
import { productVersion } from "../../product-version.ts";
import { render, type Draw } from "./render.ts";

/** Charts that were drawn before, in a folder that may be deleted at any time. */
export interface Kept {
  readonly draw: Draw;
  /** Names of what this build had use for. */
  readonly used: Set<string>;
  /** Takes out charts until the folder is no larger than it may be: first what this build had no use for, the oldest first. */
  readonly tidy: () => void;
}

/** Bytes that the folder may take: about 30,000 charts. */
const MOST = 256 * 1024 ** 2;

/** What draws them, of which no other may have made what is kept. */
const DRAWN_BY = [productVersion, vega.version, lite.version, ownSource()].join(" ");

/** In a clone the version stays while the code changes. */
function ownSource(): string {
  const files = ["render", "slim", "element", "outline"].map((name) => readFileSync(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url), "utf8"));
  return hash("sha256", files.join(""));
}

/**
 * Keeps charts by their content: what is drawn, the data and what draws it, hashed. An entry begins with the hash of its picture; one that
 * says otherwise is drawn anew, and a folder that cannot be written is none.
 */
export function kept(folder: string, most = MOST, drawAnew: Draw = render): Kept {
  const used = new Set<string>();
  let size = 0;
  const draw: Draw = async (...picture) => {
    const name = createHash("sha256").update(DRAWN_BY).update(JSON.stringify(picture)).digest("hex");
    const path = entryPath(folder, name);
    const known = read(path);
    const svg = known ?? (await drawAnew(...picture));
    if (!used.has(name)) size += svg.length;
    used.add(name);
    if (known === undefined && size <= most) write(path, svg);
    return svg;
  };
  return { draw, used, tidy: () => tidy(folder, most, used) };
}

const entryPath = (folder: string, name: string) => join(folder, name.slice(0, 2), `${name}.svg`);

const HEAD = 64;

function read(path: string): string | undefined {
  try {
    const text = readFileSync(path, "utf8");
    const svg = text.slice(HEAD + 1);
    return text.slice(0, HEAD) === hash("sha256", svg) ? svg : undefined;
  } catch {
    return undefined;
  }
}

/** In one step: two builds, and two threads of one, may use the same folder. */
function write(path: string, svg: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const part = `${path}.${process.pid}-${threadId}`;
    writeFileSync(part, `${hash("sha256", svg)}\n${svg}`, { mode: 0o600 });
    renameSync(part, path);
  } catch {
    // Drawn again by the next build.
  }
}

function tidy(folder: string, most: number, used: ReadonlySet<string>): void {
  try {
    const entries = entriesOf(folder);
    const isNeeded = ({ path }: Entry) => used.has(nameOf(path));
    let size = entries.reduce((sum, one) => sum + one.size, 0);
    for (const { path, size: own } of oldestFirst(entries).toSorted((a, b) => Number(isNeeded(a)) - Number(isNeeded(b)))) {
      if (size <= most) return;
      rmSync(path, { force: true });
      size -= own;
    }
  } catch {
    // Tidied by the next build.
  }
}

const oldestFirst = (entries: readonly Entry[]) => entries.toSorted((a, b) => a.time - b.time || (a.path < b.path ? -1 : 1));

const nameOf = (path: string) => path.slice(-HEAD - ".svg".length, -".svg".length);

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly time: number;
}

function entriesOf(folder: string): Entry[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs: time } = statSync(path);
    return { path, size, time };
  });
}
