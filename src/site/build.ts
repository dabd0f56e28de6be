import { mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "../config/schema.ts";
import type { Effects } from "../effects.ts";
import { packageRoot as ownRoot } from "../package-root.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { NOTHING_ARCHIVED, type Archived } from "./archive-rows.ts";
import { makeCharts } from "./charts/index.ts";
import { siteSize, siteTheme } from "./charts/theme.ts";
import { makeSite, setSite } from "./data.ts";
import type { Readers, Site, SiteRows } from "./data.ts";
import { Clock } from "./format.ts";
import { writeCalendar } from "./calendar-file.ts";
import { writeFeed } from "./feed-file.ts";
import { csvPath } from "./links.ts";
import { writeMachineForm } from "./machine-form/write.ts";
import type { ListedPack } from "./pack-rows.ts";
import { packsCsv } from "./packs-csv.ts";
import { emptyActions } from "./empty-actions.ts";
import { publish } from "./publish.ts";
import { readDeployments, readIncidents } from "./read-deployments.ts";
import { readReleases } from "./read-releases.ts";
import { readRetrospectives } from "./read-retrospectives.ts";
import { readFacts, readSite } from "./read.ts";
import { writeSearch } from "./search/write.ts";

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
}

/** Builds the static site of a warehouse whose model is built. */
export async function buildSite(warehouse: Warehouse, options: SiteOptions): Promise<{ pages: number }> {
  const rows = await readSite(warehouse, options.config);
  const title = options.config.publish.title ?? rows.context.organisation;
  const { context, published: tables } = rows;
  const form = { organisation: context.organisation, asOf: context.as_of, tables };
  return buildPages(siteOf(rows, title, readersOf(warehouse), options.packs, options.archived), {
    ...options,
    alsoWrite: async (folder) => {
      await writeMachineForm(warehouse.path, folder, form);
      await writeCalendar(warehouse, folder, form);
      await writeFeed(warehouse, folder, { ...form, title, url: options.config.publish.url });
      await writeSearch(warehouse, folder);
      await writeFile(join(folder, csvPath("packs")), packsCsv(options.packs ?? []));
      if (rows.retrospectives.quarters.length > 0)
        await writeFile(join(folder, "retrospectives", "actions.csv"), emptyActions());
    },
  });
}

function readersOf(warehouse: Warehouse): Readers {
  return {
    facts: readFacts(warehouse),
    releaseFacts: readReleases(warehouse),
    deployments: readDeployments(warehouse),
    retrospectivesOf: readRetrospectives(warehouse),
    incidents: readIncidents(warehouse),
  };
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
  return makeSite({ ...rows, ...readers, title, packs, archived, clock, charts: makeCharts(clock, siteTheme, siteSize) });
}

interface PagesOptions extends Pick<SiteOptions, "outDir" | "packageRoot"> {
  /** Writes what is published beside the pages. */
  readonly alsoWrite?: (folder: string) => Promise<void>;
}

/** Makes all pages in a folder of their own first, so that a failed build leaves the old site alone. */
export async function buildPages(
  site: Site,
  { outDir, packageRoot = ownRoot, alsoWrite }: PagesOptions,
): Promise<{ pages: number }> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), "quarterdeck-site-")));
  const target = resolve(outDir);
  const home = process.cwd();
  try {
    setSite(site);
    // Astro puts its own modules below the working directory unless the output is there too.
    process.chdir(scratch);
    await runAstro(packageRoot, scratch);
    await alsoWrite?.(join(scratch, "out"));
    return { pages: await publish(join(scratch, "out"), target) };
  } finally {
    process.chdir(home);
    setSite(undefined);
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runAstro(packageRoot: string, scratch: string): Promise<void> {
  process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
  await symlink(modulesFolder(), join(scratch, "node_modules"), "junction");
  const { build } = await import("astro");
  await build({
    // Astro writes types into its root: not into an installed package, which may be read-only.
    root: scratch,
    srcDir: join(packageRoot, "src/site"),
    publicDir: join(scratch, "public"),
    outDir: join(scratch, "out"),
    cacheDir: join(scratch, "cache"),
    configFile: false,
    logLevel: "error",
    build: { format: "file", concurrency: 1 },
    devToolbar: { enabled: false },
    vite: { cacheDir: join(scratch, "vite"), logLevel: "error", ssr: { noExternal: true } },
  });
}

/** The folder that Astro is installed in: its root must see it. */
function modulesFolder(): string {
  const { root } =
    /^(?<root>.*[/\\]node_modules)[/\\]astro[/\\]/.exec(fileURLToPath(import.meta.resolve("astro")))
      ?.groups ?? {};
  return root ?? join(ownRoot, "node_modules");
}
