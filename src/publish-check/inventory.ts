import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { readManifest } from "../../reports/folder/edition.ts";
import { PSEUDONYMS, SIGNATURE, SUMS } from "../../reports/folder/files.ts";
import { LIST, LIST_DRAFT, listedFiles, LOCK, PART, sumsOf } from "../site/site-list.ts";
import type { Findings } from "./finding.ts";

export const KINDS = ["pages", "data", "search", "packs", "other"] as const;
export type Kind = (typeof KINDS)[number];

export interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly kind: Kind;
  readonly isMade: boolean;
  /** What a build said it wrote; undefined = nothing says what it should be. */
  readonly sha256: string | undefined;
  /** Whether it belongs to a pack in which people have pseudonyms; undefined outside of packs. */
  readonly isUnderPseudonyms: boolean | undefined;
}

/** Reads which files a folder has, and says where that is not what builds left. */
export async function inventory(folder: string, findings: Findings): Promise<Entry[]> {
  const sizes = new Map<string, number>();
  await walk(folder, "", sizes, findings);
  const made = await madeBySite(folder, sizes, findings);
  const packs = await madeByPacks(folder, sizes);
  for (const [path, sum] of packs.sums) made.set(path, sum);
  noteMissing(made, sizes, findings);
  const own = new Set([LIST, LIST_DRAFT, LOCK, PART]);
  return [...sizes]
    .filter(([path]) => !own.has(path))
    .map(([path, bytes]) => {
      const isUnderPseudonyms = path.startsWith("packs/") ? packs.pseudonyms.get(path.split("/")[1] ?? "") : undefined;
      const isMade = made.has(path) || packs.own.has(path);
      return { path, bytes, kind: kindOf(path), isMade, sha256: made.get(path), isUnderPseudonyms };
    });
}

async function walk(folder: string, below: string, sizes: Map<string, number>, findings: Findings): Promise<void> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await walk(folder, path, sizes, findings);
    else if (entry.isFile()) sizes.set(path, (await stat(join(folder, path))).size);
    else {
      const message = entry.isSymbolicLink() ? "is a symbolic link: what it leads to would go out" : "is no file";
      findings.add({ check: "strangers", status: "fault", file: path, message, remedy: "take it out of the folder" });
    }
  }
}

function kindOf(path: string): Kind {
  if (extname(path) === ".html") return "pages";
  const [first = "", second] = path.split("/");
  return second !== undefined && (first === "data" || first === "search" || first === "packs") ? first : "other";
}

async function madeBySite(folder: string, sizes: ReadonlyMap<string, number>, findings: Findings): Promise<Map<string, string>> {
  const half = (file: string | null, message: string, remedy = "let the build end, or build anew") =>
    findings.add({ check: "build", status: "fault", file, message, remedy });
  if (!sizes.has(LIST)) half(null, "no build of this version wrote this folder: its list of files is not there", "build the site, or name the folder it is in");
  for (const draft of [LIST_DRAFT, LOCK, PART]) if (sizes.has(draft)) half(draft, "a build did not end");
  if (!sizes.has("index.html")) half("index.html", "there is no overview");
  const made = new Map<string, string>();
  const twice = new Set<string>();
  for (const { path, sha256 } of await listedFiles(folder)) {
    if (made.has(path)) twice.add(path);
    made.set(path, sha256);
  }
  if (twice.size > 0) half(LIST, `a build did not end: ${twice.size} ${twice.size === 1 ? "file is" : "files are"} of it or of the one before`);
  return made;
}

interface PackFiles {
  /** Path -> hash, of everything that sums of packs name. */
  readonly sums: ReadonlyMap<string, string>;
  /** What lies beside the sums and belongs to packs. */
  readonly own: ReadonlySet<string>;
  /** Folder -> whether people have pseudonyms in it. */
  readonly pseudonyms: ReadonlyMap<string, boolean>;
}

async function madeByPacks(folder: string, sizes: ReadonlyMap<string, number>): Promise<PackFiles> {
  const sums = new Map<string, string>();
  const own = new Set<string>();
  const pseudonyms = new Map<string, boolean>();
  for (const path of sizes.keys()) {
    const [, name] = /^packs\/([^/]+)\/SHA256SUMS$/.exec(path) ?? [];
    if (name === undefined) continue;
    const home = `packs/${name}`;
    for (const sum of sumsOf(await readFile(join(folder, path), "utf8"))) sums.set(`${home}/${sum.path}`, sum.sha256);
    for (const beside of [`${home}/${SUMS}`, `${home}/${SIGNATURE}`, `${home}.zip`]) own.add(beside);
    const manifest = readManifest(join(folder, home));
    pseudonyms.set(name, manifest !== undefined && PSEUDONYMS in manifest.of);
  }
  return { sums, own, pseudonyms };
}

function noteMissing(made: ReadonlyMap<string, string>, sizes: ReadonlyMap<string, number>, findings: Findings): void {
  for (const path of made.keys()) {
    if (sizes.has(path)) continue;
    const remedy = path.startsWith("packs/") ? "make the pack anew, or take all of it out" : "build the site anew";
    findings.add({ check: "build", status: "fault", file: path, message: "a build wrote it, and it is not there", remedy });
  }
}
