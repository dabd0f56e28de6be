import { mkdtemp, readFile, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { glob } from "tinyglobby";
import { machine } from "./machine.ts";
import { measured, type Measured } from "./measured.ts";
import { built } from "./site.ts";

const ROWS = [1_000, 10_000, 50_000];

interface Made extends Measured {
  readonly packs: number;
  readonly pages: number;
  readonly bytes: number;
  readonly making_seconds: number;
}

/** What a page of a PDF costs as it grows, and what release packs cost one after the other and in two processes at once. */
export async function packs(count = "100"): Promise<void> {
  const sizes = [];
  console.log("rows    pages  pages a second  KB a page  processor s  peak GB");
  for (const rows of ROWS) {
    const made = await make("rows", String(rows));
    sizes.push({ rows, ...made });
    console.log(
      `${String(rows).padEnd(7)} ${made.pages}  ${(made.pages / made.making_seconds).toFixed(0)}  ${(made.bytes / made.pages / 1024).toFixed(1)}  ${made.processor_seconds.toFixed(1)}  ${made.peak_gb.toFixed(2)}`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-bench-"));
  try {
    await built("model", 20, 2_000, folder);
    const half = Math.floor(Number(count) / 2);
    const alone = await make("packs", folder, "0", count);
    const pages = await pagesIn(join(folder, "packs"));
    await rm(join(folder, "packs"), { recursive: true });
    const began = performance.now();
    const both = await Promise.all([make("packs", folder, "0", String(half)), make("packs", folder, String(half), count)]);
    const seconds = (performance.now() - began) / 1000;
    console.log(`${alone.packs} release packs, ${pages} pages, with evidence: ${alone.seconds.toFixed(1)} s (${alone.processor_seconds.toFixed(1)} s of processor time, peak ${alone.peak_gb.toFixed(2)} GB), ${(pages / alone.seconds).toFixed(1)} pages a second`);
    console.log(`the same in two processes: ${seconds.toFixed(1)} s (${both.reduce((sum, one) => sum + one.processor_seconds, 0).toFixed(1)} s, peak ${both.reduce((sum, one) => sum + one.peak_gb, 0).toFixed(2)} GB)`);
    console.log(JSON.stringify({ machine: machine(), load: loadavg()[0], sizes, alone: { ...alone, pages }, both, seconds }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function make(...args: readonly string[]): Promise<Made> {
  const { stdout, ...taken } = await measured([join(import.meta.dirname, "packs/made.ts"), ...args]);
  return { ...taken, ...(JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Omit<Made, keyof Measured>) };
}

async function pagesIn(folder: string): Promise<number> {
  let pages = 0;
  for (const file of await glob("**/*.pdf", { cwd: folder }))
    pages += (await readFile(join(folder, file))).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  return pages;
}
