import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileSha256 } from "../../reports/folder/sums.ts";
import { Findings } from "./finding.ts";
import { inventory, KINDS, type Entry, type Kind } from "./inventory.ts";
import { Links } from "./links.ts";
import type { NameFinder, WithheldNames } from "./names.ts";
import { readPage } from "./page.ts";
import { Sizes, type Heaviest } from "./sizes.ts";
import { isPacked, lookThrough, textOf } from "./texts.ts";

export interface Checked {
  readonly findings: Findings;
  readonly files: number;
  readonly pages: number;
  readonly bytes: number;
  readonly kinds: Readonly<Record<Kind, { readonly files: number; readonly bytes: number }>>;
  readonly heaviest: Heaviest | undefined;
  readonly scripts: { readonly count: number; readonly bytes: number };
  /** Files whose text is packed and was not looked through. */
  readonly packed: number;
}

interface CheckOptions {
  /** Undefined = they are not known, so they are not looked for. */
  readonly names: WithheldNames | undefined;
  /** Whether packs, too, are to have pseudonyms. */
  readonly packsUnderPseudonyms: boolean;
}

/** What is never meant for readers, whoever put it there. */
const PRIVATE =
  /(?:^|\/)(?:\.git|\.ssh|\.aws|node_modules)\/|\.(?:duckdb|wal|backup|db|sqlite|pem|key|p12|pfx|kdbx|ya?ml)$|(?:^|\/)(?:\.env[^/]*|\.npmrc|\.netrc|id_(?:rsa|ed25519|ecdsa))$/i;

/** Looks at a finished site as its readers will get it. One file at a time: memory grows with what pages name, not with what they say. */
export async function checkFolder(folder: string, { names, packsUnderPseudonyms }: CheckOptions): Promise<Checked> {
  const findings = new Findings();
  const entries = await inventory(folder, findings);
  const links = new Links(new Set(entries.map(({ path }) => path)), findings);
  const sizes = new Sizes(findings);
  for (const entry of entries) {
    stranger(entry, findings);
    const finder = finderFor(entry, names);
    if (finder?.(entry.path) !== undefined) nameOfFile(entry, findings);
    if (entry.kind === "pages") await page(folder, entry, { findings, links, sizes, finder });
    else await file(folder, entry, findings, finder);
  }
  if (packsUnderPseudonyms) packsWithNames(entries, findings);
  links.end();
  sizes.end();
  return { findings, ...totals(entries), heaviest: sizes.heaviest, scripts: sizes.scripts };
}

function totals(entries: readonly Entry[]) {
  const sum = (some: readonly Entry[]) => ({ files: some.length, bytes: some.reduce((all, { bytes }) => all + bytes, 0) });
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, sum(entries.filter((entry) => entry.kind === kind))])) as Checked["kinds"];
  const packed = entries.filter(({ path }) => isPacked(path)).length;
  return { ...sum(entries), pages: kinds.pages.files, kinds, packed };
}

/** Packs name people unless they are under pseudonyms. */
const finderFor = ({ isUnderPseudonyms }: Entry, names: WithheldNames | undefined): NameFinder | undefined => {
  if (isUnderPseudonyms === undefined) return names?.onPages;
  return isUnderPseudonyms ? names?.inPacks : undefined;
};

interface Looking {
  readonly findings: Findings;
  readonly links: Links;
  readonly sizes: Sizes;
  readonly finder: NameFinder | undefined;
}

async function page(folder: string, entry: Entry, { findings, links, sizes, finder }: Looking): Promise<void> {
  const bytes = await readFile(join(folder, entry.path));
  compare(entry, createHash("sha256").update(bytes).digest("hex"), findings);
  const html = bytes.toString("utf8");
  const read = readPage(html);
  for (const problem of read.problems) findings.add({ ...problem, status: "fault", file: entry.path });
  links.read(entry.path, read);
  sizes.page(entry.path, bytes, read.scripts);
  await lookThrough(entry.path, [html], finder, findings);
}

async function file(folder: string, entry: Entry, findings: Findings, finder: NameFinder | undefined): Promise<void> {
  const path = join(folder, entry.path);
  if (entry.sha256 !== undefined) compare(entry, await fileSha256(path), findings);
  if (!isPacked(entry.path)) await lookThrough(entry.path, textOf(path), finder, findings);
}

function compare({ path, sha256, kind }: Entry, found: string, findings: Findings): void {
  if (sha256 === undefined || sha256 === found) return;
  const remedy = kind === "packs" ? "`quarterdeck verify` says what was altered; make the pack anew" : "build the site anew";
  findings.add({ check: "build", status: "fault", file: path, message: "was changed after it was written, or only half of it was", remedy });
}

function stranger({ path, isMade }: Entry, findings: Findings): void {
  if (isMade) return;
  const isPrivate = PRIVATE.test(path);
  findings.add({
    check: "strangers",
    status: isPrivate ? "fault" : "note",
    file: path,
    message: isPrivate ? "is nothing for readers: a database, key, configuration or the like" : "was made by no build",
    remedy: isPrivate ? "keep it outside the folder" : "leave it where readers are to have it, else take it out",
  });
}

function nameOfFile({ path }: Entry, findings: Findings): void {
  const message = `the name of a ${extname(path).slice(1)} file in this folder holds the name of a person`;
  findings.add({ check: "names", status: "fault", file: path.split("/").slice(0, -1).join("/") || null, message, remedy: "take it out, and build anew" });
}

function packsWithNames(entries: readonly Entry[], findings: Findings): void {
  const named = new Set(entries.filter(({ isUnderPseudonyms }) => isUnderPseudonyms === false).map(({ path }) => path.split("/").slice(0, 2).join("/")));
  for (const file of named)
    findings.add({ check: "names", status: "fault", file, message: "is a pack that names people, and `publish.pseudonyms` is given", remedy: "move it to readers who may know, outside this folder" });
}
