import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { glob } from "tinyglobby";
import { buildPages, siteOf } from "../../src/site/build.ts";
import { fixtureRows, readers } from "./fixture.ts";

/** Builds the site of the fixture into a folder of its own. */
export async function buildFixture(): Promise<{ folder: string; pages: number }> {
  const folder = join(await mkdtemp(join(tmpdir(), "quarterdeck-test-")), "site");
  const rows = fixtureRows();
  const site = siteOf(rows, rows.context.organisation, readers);
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
