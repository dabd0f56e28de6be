import { join } from "node:path";
import { Chance } from "../../support/chance.ts";
import { collection, configuredFolder, type Collection } from "../../support/collection.ts";
import { current, expectSame, expectSound, relationsOf, type Relations } from "../same.ts";
import type { AtEnd, Scenario } from "../scenario.ts";
import { breaking } from "./breaking.ts";
import { DAMAGES, Folder, REWRITES } from "./folder.ts";
import { FORMATS, Table, TABLES, type TableName } from "./tables.ts";

const TABLE_NAMES = Object.keys(TABLES) as [TableName, ...TableName[]];
export const HAPPENINGS = [
  "added",
  "changed",
  "replaced",
  "deleted",
  "renamed",
  "put right",
  ...DAMAGES,
  ...REWRITES,
] as const;
export const BROKEN = "a run that breaks off";
/** The model is made of what is current, so that one look in so many is enough. */
const MODEL_EVERY = 5;
const AS_OF = "2026-04-01T00:00:00Z";

/** Half a file of role grants may hold half a role, which nobody can tell from a whole one; where records stay it stays. */
const appended = TABLE_NAMES.filter((table) => table !== "role_grant");
const entries = (mode: string, tables: readonly TableName[]) =>
  tables.map((entity) => `{ path: "${mode}/${entity}-*", entity: ${entity}, mode: ${mode} }`).join(", ");

const CONFIG = `organisation: Made up
services: { payments: {} }
environments: { staging: { kind: staging } }
sources:
  kept: { collector: files, files: [${entries("snapshot", TABLE_NAMES)}] }
  dropped: { collector: files, files: [${entries("append", appended)}] }
`;

/** Folders of files that people and pipelines go on changing between collections. */
export const files: Scenario = {
  name: "files",
  seeds: { test: [1, 3, 7], soak: 300 },
  kinds: [...HAPPENINGS, BROKEN],
  run: (seed, atEnd) => runFolders(seed, atEnd, CONFIG, foldersOf),
};

function foldersOf(root: string, note: (kind: string) => void): Folder[] {
  const both = [
    ...TABLE_NAMES.map((table) => [table, "snapshot"] as const),
    ...appended.map((table) => [table, "append"] as const),
  ];
  return both.map(([table, mode]) => {
    const create = (chance: Chance) => {
      const format = chance.one(FORMATS);
      return { name: `${table}-${chance.whole(1, 5)}.${format}`, content: new Table(table, format, chance) };
    };
    const rename = (name: string, chance: Chance) => name.replace(/\d/, String(chance.whole(1, 9)));
    return new Folder(join(root, mode), { isSnapshot: mode === "snapshot", create, rename }, note);
  });
}

/** Folders change and are collected, in turns; in the end as one collection has them that knows nothing of it. */
export async function runFolders(
  seed: number,
  atEnd: AtEnd,
  config: string,
  make: (root: string, note: (kind: string) => void) => Folder[],
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const note = (kind: string) => void seen.add(kind);
  const chance = new Chance(seed);
  const root = configuredFolder(config, {}, atEnd);
  const folders = make(root, note);
  const changing = await collection(root, atEnd);
  for (let rounds = chance.whole(2, 6); rounds > 0; rounds -= 1) {
    for (const folder of folders) folder.happen(chance, chance.whole(0, 4));
    const { streams } = await changing.collect(breaking(chance, 10));
    if (streams.some(({ status, message }) => status === "failed" && message?.includes("broken off")))
      note(BROKEN);
  }
  for (const folder of folders) folder.settle(chance);
  await expectWhole(changing);
  const clean = await collection(root, atEnd);
  await expectWhole(clean);
  await expectSound(changing.warehouse);
  expectSame(await lookAt(changing), await lookAt(clean));
  if (seed % MODEL_EVERY === 0) expectSame(await modelOf(changing), await modelOf(clean));
  return seen;
}

async function expectWhole(one: Collection): Promise<void> {
  const { streams } = await one.collect();
  const failed = streams.filter(({ status }) => status !== "completed");
  if (failed.length > 0)
    throw new Error(failed.map(({ stream, message }) => `${stream}: ${message}`).join("\n"));
}

async function lookAt(one: Collection): Promise<Relations> {
  const rejected = await one.warehouse.rows<{ row: string }>(
    `select concat_ws(' ', source, stream, file, line, column_name, reason) as row from raw.current_rejected_row order by row`,
  );
  return { ...(await current(one.warehouse)), rejected: rejected.map(({ row }) => row) };
}

async function modelOf(one: Collection): Promise<Relations> {
  await one.model(AS_OF, ["correlation", "metrics", "controls", "expectations", "reports", "publish"]);
  return relationsOf(one.warehouse, "model", ["last_collection"]);
}
