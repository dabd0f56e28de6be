import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { glob } from "tinyglobby";
import { buildPages, siteOf } from "../../src/site/build.ts";
import { tablePath } from "../../src/site/machine-form/published-table.ts";
import { slug } from "../../src/site/slug.ts";
import { fixtureRows, readers } from "./fixture.ts";
import { PACKS } from "./fixture/packs.ts";

/** Builds the site of the fixture into a folder of its own. */
export async function buildFixture(rows = fixtureRows()): Promise<{ folder: string; pages: number }> {
  const folder = join(await mkdtemp(join(tmpdir(), "quarterdeck-test-")), "site");
  const site = siteOf(rows, rows.context.organisation, readers, PACKS);
  const { pages } = await buildPages(site, { outDir: folder });
  return { folder, pages };
}

/** All pages of a site, by path. */
export async function readPages(folder: string): Promise<Map<string, string>> {
  const files = (await glob("**/*.html", { cwd: folder })).toSorted();
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), "utf8")] as const)),
  );
}

/** Files of the machine form that a build of the fixture would have, were it made from a database. */
export function publishedFiles(): ReadonlySet<string> {
  const { published, services, process, practices } = fixtureRows();
  const partsOf = (part: string) => {
    if (part === "control") return process.controls.map(({ control }) => control);
    if (part === "measure") return practices.measures.map(({ measure }) => measure);
    return services.map(({ service }) => service);
  };
  const files = published.flatMap(({ name, part }) => {
    const path = `data/${tablePath(name)}`;
    const pieces = part === null ? [path] : partsOf(part).map((name) => `${path}/${slug(name)}`);
    return [`${path}.parquet`, ...pieces.flatMap((piece) => [`${piece}.csv`, `${piece}.json`])];
  });
  return new Set([...files, "data/packs.csv", "data/calendar.ics", "releases.atom", "retrospectives/actions.csv", "data/index.json", "data/history/index.json"]);
}
