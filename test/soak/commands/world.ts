import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { LIST, sumsOf } from "../../../src/site/site-list.ts";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { CONFIG, DEPLOYMENTS, tinyWorld, type World } from "../../cli/commands/world.ts";
import { type Ended, runProcess } from "../../support/process.ts";
import { expectSound } from "../same.ts";
import type { AtEnd } from "../scenario.ts";

const CHILD = join(import.meta.dirname, "../runner/child.ts");
export const SITE = "public";
export const PACK = ["pack", "release", "api", "1.1.0"] as const;

const LATER = `d5,api,production,1.2.0,2026-03-20T10:00:00Z,success
d6,web,production,1.2.0,2026-03-21T10:00:00Z,failure
`;

/** When the company was collected last. */
export const NOW = new Date("2026-04-02T00:00:00Z");

/** Path -> SHA-256 of what is there. */
export type Files = ReadonlyMap<string, string>;

/** A company whose site is of yesterday, and that was collected since; what commands make of it that nobody disturbs. */
export interface Company {
  readonly folder: string;
  readonly before: Files;
  readonly built: Files;
  readonly packed: Files;
  /** Milliseconds that each takes. */
  readonly took: { readonly build: number; readonly pack: number };
}

let made: Promise<Company> | undefined;

/** Made once; it ends with the process. */
export const company = (): Promise<Company> => (made ??= make());

async function make(): Promise<Company> {
  const world = tinyWorld({ config: `${CONFIG}publish: { packs: latest }\n`, keep: true });
  process.on("exit", () => world.remove());
  await expectCode(world, "collect");
  await expectCode(world, "build");
  world.write("data/deployments.csv", `${DEPLOYMENTS}${LATER}`);
  world.now = NOW;
  await expectCode(world, "collect");
  const before = filesIn(world.folder);
  const build = await undisturbed(world, ["build"]);
  const pack = await undisturbed(world, PACK);
  return {
    folder: world.folder,
    before,
    built: build.files,
    packed: pack.files,
    took: { build: build.took, pack: pack.took },
  };
}

async function expectCode(world: World, command: string): Promise<void> {
  const { code, err } = await world.run(command);
  if (code !== 0) throw new Error(err);
}

async function undisturbed(
  { folder }: World,
  args: readonly string[],
): Promise<{ files: Files; took: number }> {
  const copy = copied(folder);
  try {
    const { took } = expectWell(await start(copy, args));
    return { files: filesIn(copy), took };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copied(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), "quarterdeck-soak-"));
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** A copy of the company's folder, which ends with the seed. */
export function copyOf({ folder }: Company, atEnd: AtEnd): string {
  const copy = copied(folder);
  atEnd(() => rmSync(copy, { recursive: true, force: true }));
  return copy;
}

type Disturbance = Omit<Parameters<typeof runProcess>[1], "folder">;

/** Runs a command line in a process of its own. */
export const start = (
  folder: string,
  args: readonly string[],
  disturbance: Disturbance = {},
): Promise<Ended> => runProcess([CHILD, ...args], { folder, ...disturbance });

export function expectWell(ended: Ended): Ended {
  if (ended.code !== 0) throw new Error(`ended with ${ended.code}: ${ended.printed}`);
  return ended;
}

/** Databases are looked at in other ways; what a build was killed by shows in what it says of builds. */
const APART = /^quarterdeck\.duckdb|^public\/(?:restatements\.html|data\/history\/)/;

export function filesIn(folder: string): Files {
  const paths = globSync("**/*", { cwd: folder, dot: true, followSymbolicLinks: false }).filter(
    (path) => !APART.test(path),
  );
  return new Map(paths.sort().map((path) => [path, sumOf(join(folder, path), path)]));
}

function sumOf(file: string, path: string): string {
  const bytes = readFileSync(file);
  const isList = path === join(SITE, LIST);
  return createHash("sha256")
    .update(isList ? listed(bytes.toString()) : bytes)
    .digest("hex");
}

const listed = (text: string): string =>
  JSON.stringify(sumsOf(text).filter(({ path }) => !APART.test(`${SITE}/${path}`)));

/** @throws where it is gone or does not hold */
export async function expectDatabase(folder: string): Promise<void> {
  const file = join(folder, "quarterdeck.duckdb");
  if (!existsSync(file)) throw new Error("the database is gone");
  const warehouse = await openWarehouse(file, { mode: "write" });
  try {
    await expectSound(warehouse);
  } finally {
    warehouse.close();
  }
}
