import { existsSync } from "node:fs";
import { mkdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { glob } from "tinyglobby";
import type { Config } from "../config/schema.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { ownFolder } from "../killed.ts";
import { packageRoot as ownRoot } from "../package-root.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { NOTHING_ARCHIVED, type Archived } from "./archive-rows.ts";
import { audiencesOf, shows, type Audience } from "./audience/audience.ts";
import { maskedRows } from "./audience/masked-rows.ts";
import { openAt } from "./audience/place.ts";
import { sourcesOf, type Source } from "./audience/sources.ts";
import { keepFor } from "./audience/unlink.ts";
import { makeCharts } from "./charts/index.ts";
import { kept, type Kept } from "./charts/kept.ts";
import { remembered } from "./charts/remembered.ts";
import { siteSize, siteTheme } from "./charts/theme.ts";
import { makeSite, setSite } from "./data.ts";
import type { Charts, Readers, Site, SiteRows } from "./data.ts";
import { Clock } from "./format.ts";
import { localeFor } from "./locale.ts";
import { writeCalendar } from "./calendar-file.ts";
import { writeFeed } from "./feed-file.ts";
import { csvPath, FEED_FILE } from "./links.ts";
import { writeMachineForm, type WrittenTables } from "./machine-form/write.ts";
import type { ListedPack } from "./pack-rows.ts";
import { packsCsv } from "./packs-csv.ts";
import { emptyActions } from "./empty-actions.ts";
import { helpFor, type Help } from "./making/help.ts";
import { prerenderer } from "./making/prerenderer.ts";
import { secondOf } from "./making/second.ts";
import { publish } from "./publish.ts";
import { listedFiles, writeList } from "./site-list.ts";
import { readersOf } from "./readers.ts";
import { readChain, readSite } from "./read.ts";
import type { ChainRow } from "./rows.ts";
import { writeSearch } from "./search/write.ts";
import { CATALOGUE, ENGLISH, type Catalogue } from "./text/catalogue.ts";

export interface SiteOptions {
  /** Folder that the site is put into. Files there that the site did not make stay. */
  readonly outDir: string;
  readonly config: Config;
  readonly packageRoot?: string;
  readonly effects?: Effects;
  /** The packs that lie beside the pages; left out = there are none. */
  readonly packs?: readonly ListedPack[];
  /** Periods that are archived; left out = there are none. */
  readonly archived?: Archived;
  /** Folder that charts are kept in from build to build; left out = all are drawn. */
  readonly charts?: string;
  /** What pages say; left out = English. */
  readonly catalogue?: Catalogue;
}

export interface BuiltSite {
  readonly pages: number;
  /** Pages of each audience, who sees least first. */
  readonly audiences: readonly (Audience & { readonly pages: number })[];
}

/**
 * Builds the static site of a warehouse whose model is built, or one for each audience: who may not see people has theirs made from a database
 * that names nobody.
 */
export async function buildSite(warehouse: Warehouse, options: SiteOptions): Promise<BuiltSite> {
  const { config, outDir } = options;
  const audiences = audiencesOf(config);
  refusePacks(audiences, outDir);
  return saying(catalogueOf(options), () => inScratch(async (scratch) => {
    const sources = await sourcesOf(warehouse, audiences, config.queries, scratch);
    const built = await buildAudiences(warehouse, sources, options, scratch);
    await publish(join(scratch, "out"), resolve(outDir));
    await listEach(audiences, resolve(outDir));
    return { pages: built.reduce((sum, { pages }) => sum + pages, 0), audiences: built.toReversed() };
  }));
}

/** The words of a build, with numbers and dates as the organisation or else the language has them. */
function catalogueOf({ catalogue, config }: SiteOptions): Catalogue {
  const formats = config.publish.locale ?? catalogue?.locale;
  return { ...(catalogue ?? ENGLISH), formats: formats === undefined ? undefined : localeFor(formats) };
}

/** Pages alone are said this way: packs are evidence, and always in English. */
export async function saying<Result>(catalogue: Catalogue | undefined, work: () => Promise<Result>): Promise<Result> {
  const before = CATALOGUE.current;
  CATALOGUE.current = catalogue;
  try {
    return await work();
  } finally {
    CATALOGUE.current = before;
  }
}

/** Each folder has a list of its own files too: it goes to a host of its own, and is looked at before that. */
async function listEach(audiences: readonly Audience[], outDir: string): Promise<void> {
  const all = await listedFiles(outDir);
  for (const { folder } of audiences) {
    if (folder === "") continue;
    const own = all.filter(({ path }) => path.startsWith(`${folder}/`));
    await writeList(join(outDir, folder), own.map(({ path, sha256 }) => ({ path: path.slice(folder.length + 1), sha256 })));
  }
}

/** What the sites of a build have in common. */
interface Shared {
  readonly chain: Promise<ChainRow>;
  readonly clock: Clock;
  readonly charts: Charts;
  readonly kept: Kept | undefined;
  readonly written: Map<string, WrittenTables>;
}

/** Who sees most comes first: what others see of it just the same is copied. */
async function buildAudiences(
  warehouse: Warehouse,
  sources: readonly Source[],
  options: SiteOptions,
  scratch: string,
): Promise<(Audience & { pages: number })[]> {
  const clock = new Clock(options.config.time_zone);
  const drawn = options.charts === undefined ? undefined : kept(options.charts);
  const charts = remembered(makeCharts(clock, siteTheme, siteSize, drawn?.draw));
  const shared = { chain: readChain(warehouse), clock, charts, kept: drawn, written: new Map<string, WrittenTables>() };
  const built = [];
  for (const source of sources) {
    const folder = join(scratch, "out", source.audience.folder);
    const isAll = source.audience.kind === "audit";
    const opened = isAll ? warehouse : await openAt(source.place)({ memoryLimit: options.config.database_memory });
    try {
      await buildFor(source, opened, shared, options, { scratch, folder });
    } finally {
      if (!isAll) opened.close();
    }
    built.push({ ...source.audience, pages: (await glob("**/*.html", { cwd: folder })).length });
  }
  drawn?.tidy();
  return built;
}

interface Folders {
  readonly scratch: string;
  readonly folder: string;
}

async function buildFor(
  source: Source,
  warehouse: Warehouse,
  { chain, clock, charts, kept, written }: Shared,
  { config, packs = [], archived = NOTHING_ARCHIVED, packageRoot = ownRoot, charts: folderOfCharts }: SiteOptions,
  { scratch, folder }: Folders,
): Promise<void> {
  const { kind } = source.audience;
  const rows = maskedRows(await readSite(warehouse, config, chain), source);
  const { context, published: tables } = rows;
  const form = { organisation: context.organisation, asOf: context.as_of, tables };
  const own = kind === "audit" ? { packs, archived } : { packs: [], archived: NOTHING_ARCHIVED };
  const title = config.publish.title ?? context.organisation;
  const told = { ...rows, ...own, title, audience: kind };
  const site = makeSite({ ...told, ...readersOf(warehouse), clock, charts });
  const start = secondOf(
    { told, place: source.place, catalogue: CATALOGUE.current, timeZone: config.time_zone, charts: folderOfCharts },
    (used) => used.forEach((chart) => kept?.used.add(chart)),
  );
  // DuckDB writes its files on a core of its own while pages are made on another.
  await both(
    writeMachineForm(openAt(source.place), folder, form, written, ({ relation }) => source.isSame(relation)),
    makePages(site, packageRoot, join(scratch, kind), folder, helpFor(config, start)),
  );
  await writeCalendar(warehouse, folder, form);
  if (shows(kind, FEED_FILE)) await writeFeed(warehouse, folder, { ...form, title, url: config.publish.url });
  await writeSearch(warehouse, folder, clock, kind);
  if (kind === "audit") await writeFile(join(folder, csvPath("packs")), packsCsv(packs));
  if (rows.retrospectives.quarters.length > 0 && shows(kind, "retrospectives.html"))
    await writeFile(join(folder, "retrospectives", "actions.csv"), emptyActions());
  // Packs, which links of auditors lead to, lie there already.
  if (kind !== "audit") await keepFor(kind, folder);
}

/** Waits for both even if one fails: they write into a folder that is removed then. */
async function both(...works: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(works);
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
}

/**
 * What was issued is never taken away by a build, so nobody else's site may come to lie around it.
 * @throws {UsageError} where packs lie in the folder of an audience that may not see them
 */
function refusePacks(audiences: readonly Audience[], outDir: string): void {
  const folder = audiences.find(({ kind, folder }) => kind !== "audit" && existsSync(join(outDir, folder, "packs")))?.folder;
  if (folder === undefined) return;
  throw new UsageError(
    `${join(outDir, folder, "packs")} holds packs, which readers of ${folder} may not see: move it away; no page was written`,
  );
}

/** A site of these rows; the rest is read part by part. */
export function siteOf(
  rows: SiteRows,
  title: string,
  readers: Readers,
  packs: readonly ListedPack[] = [],
  archived: Archived = NOTHING_ARCHIVED,
): Site {
  const clock = new Clock(rows.context.time_zone);
  return makeSite({ ...rows, ...readers, title, audience: "audit", packs, archived, clock, charts: makeCharts(clock, siteTheme, siteSize) });
}

type PagesOptions = Pick<SiteOptions, "outDir" | "packageRoot">;

/** Makes all pages of a site, and nothing beside them. */
export async function buildPages(
  site: Site,
  { outDir, packageRoot = ownRoot }: PagesOptions,
): Promise<{ pages: number }> {
  return inScratch(async (scratch) => {
    await makePages(site, packageRoot, join(scratch, "pages"), join(scratch, "out"));
    return { pages: await publish(join(scratch, "out"), resolve(outDir)) };
  });
}

/** A folder of its own for what is made, so that a failed build leaves the old site alone. */
async function inScratch<Result>(work: (scratch: string) => Promise<Result>): Promise<Result> {
  const scratch = await realpath(ownFolder(tmpdir(), "quarterdeck-site"));
  try {
    await symlink(modulesFolder(), join(scratch, "node_modules"), "junction");
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function makePages(site: Site, packageRoot: string, root: string, folder: string, help?: Help): Promise<void> {
  const home = process.cwd();
  await mkdir(root);
  try {
    setSite(site);
    // Astro puts its own modules below the working directory unless the output is there too.
    process.chdir(join(root, ".."));
    await runAstro(packageRoot, root, folder, help);
  } finally {
    process.chdir(home);
    setSite(undefined);
  }
}

async function runAstro(packageRoot: string, scratch: string, outDir: string, help: Help | undefined): Promise<void> {
  process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
  const { build } = await import("astro");
  await build({
    // Astro writes types into its root: not into an installed package, which may be read-only.
    root: scratch,
    srcDir: join(packageRoot, "src/site"),
    publicDir: join(scratch, "public"),
    outDir,
    cacheDir: join(scratch, "cache"),
    configFile: false,
    logLevel: "error",
    integrations: [prerenderer(outDir, help)],
    build: { format: "file" },
    devToolbar: { enabled: false },
    // Files may be put beside the pages while they are made.
    vite: { cacheDir: join(scratch, "vite"), logLevel: "error", ssr: { noExternal: true }, build: { emptyOutDir: false } },
  });
}

/** The folder that Astro is installed in: its root must see it. */
function modulesFolder(): string {
  const { root } =
    /^(?<root>.*[/\\]node_modules)[/\\]astro[/\\]/.exec(fileURLToPath(import.meta.resolve("astro")))
      ?.groups ?? {};
  return root ?? join(ownRoot, "node_modules");
}
