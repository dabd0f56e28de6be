import { mkdtemp, readFile, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { glob } from "tinyglobby";
import { openWarehouse } from "../src/warehouse/open.ts";
import { machine } from "./machine.ts";
import { measured, type Measured } from "./measured.ts";
import { FRAMEWORK, frameworkSite } from "./peers/framework.ts";
import { installed } from "./scratch.ts";
import { built } from "./site.ts";

const PDFMAKE = { pdfmake: "0.3.11" };
const PACKS = 20;

interface Printed {
  readonly packs: number;
  readonly pages: number;
  readonly bytes: number;
  readonly printing_seconds: number;
  /** Of processes that it started. */
  readonly others_gb: number;
}

/**
 * The same figures as pages, and the same release packs as PDFs, by us and by others, one after the other on this machine.
 * @param services of the made-up company
 * @param slice pages that the other makes: time for each hardly depends on how many there are
 */
export async function peers(services: number, slice: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-bench-"));
  try {
    await built("model", services, services * 100, folder);
    const own = await built("site", services, services * 100, folder);
    const weights = await weightsOf(join(folder, "site"));
    const warehouse = await openWarehouse(join(folder, "bench.duckdb"), { mode: "read", threads: 1 });
    const framework = await frameworkSite(warehouse, slice, join(folder, "framework")).finally(() => { warehouse.close(); });
    console.log("a page of a site      seconds  processor s  KB, heaviest  KB gzip, heaviest  peak GB   pages");
    row("Quarterdeck, of all", own, own.pages, weights);
    row("  of those with charts", own, weights.charts, weights);
    row(`Observable Framework ${FRAMEWORK["@observablehq/framework"]}`, framework, framework.pages, { bytes: framework.page_bytes, most: framework.page_bytes, gzip: framework.page_gzip, most_gzip: framework.page_gzip });
    const isLight = { bytes: weights.over(framework.page_bytes / 10, "bytes"), gzip: weights.over(framework.page_gzip / 10, "gzip") };
    console.log(`of our ${own.pages} pages ${isLight.bytes} weigh more than a tenth of that, ${isLight.gzip} compressed`);
    const packs = await packsOf(folder);
    const { over: _, ...weight } = weights;
    console.log(JSON.stringify({ machine: machine(), load: loadavg()[0], services, own: { ...own, ...weight }, framework, heavier: isLight, packs }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Weight {
  readonly bytes: number;
  readonly most: number;
  readonly gzip: number;
  readonly most_gzip: number;
}

function row(name: string, { seconds, processor_seconds: work, peak_gb: peak }: Measured, pages: number, { bytes, most, gzip, most_gzip }: Weight): void {
  const kb = (size: number) => (size / 1024).toFixed(1);
  console.log(
    `${name.padEnd(28)} ${(seconds / pages).toFixed(4)}  ${(work / pages).toFixed(4)}  ${kb(bytes)}, ${kb(most)}  ${kb(gzip)}, ${kb(most_gzip)}  ${peak.toFixed(2)}  ${pages}`,
  );
}

/** A page is all that is loaded for it: styles and scripts stand in it. */
async function weightsOf(folder: string) {
  const sizes: { bytes: number; gzip: number }[] = [];
  let charts = 0;
  for (const file of await glob("**/*.html", { cwd: folder })) {
    const html = await readFile(join(folder, file));
    if (html.includes('class="chart"')) charts += 1;
    sizes.push({ bytes: html.length, gzip: gzipSync(html).length });
  }
  const mean = (key: "bytes" | "gzip") => sizes.reduce((sum, size) => sum + size[key], 0) / sizes.length;
  const most = (key: "bytes" | "gzip") => Math.max(...sizes.map((size) => size[key]));
  const over = (limit: number, key: "bytes" | "gzip") => sizes.filter((size) => size[key] > limit).length;
  return { bytes: mean("bytes"), most: most("bytes"), gzip: mean("gzip"), most_gzip: most("gzip"), charts, over };
}

async function packsOf(folder: string) {
  const scratch = await installed(PDFMAKE);
  const results = [];
  console.log("release packs     pages  pages a second  KB a pack  processor s  peak GB");
  for (const way of ["ours", "pdfmake", "chromium"]) {
    const { stdout, ...taken } = await measured([join(import.meta.dirname, "peers/printed.ts"), way, join(folder, "bench.duckdb"), String(PACKS), scratch]);
    const printed = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Printed;
    const peak = taken.peak_gb + printed.others_gb;
    console.log(
      `${way.padEnd(16)} ${printed.pages}  ${(printed.pages / printed.printing_seconds).toFixed(1)}  ${(printed.bytes / printed.packs / 1024).toFixed(0)}  ${taken.processor_seconds.toFixed(1)}  ${peak.toFixed(2)}`,
    );
    results.push({ way, ...taken, ...printed, peak_gb: peak });
  }
  return results;
}
