import { mkdtemp, rm, stat } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { glob } from "tinyglobby";
import { machine } from "./machine.ts";
import { phasesOf } from "./site/phases.ts";
import { weight } from "./weight.ts";

interface Built {
  readonly pages: number;
  readonly seconds: number;
  readonly processor_seconds: number;
  readonly peak_gb: number;
}

/**
 * Builds the sites of made-up companies, cold and then once more with the charts that the first build kept, and prints what a page costs.
 * @param sizes numbers of services
 * @param deployments of each company; left out = a hundred for each service
 */
export async function site(sizes: readonly number[], deployments?: number): Promise<void> {
  const results = [];
  for (const services of sizes) results.push(await siteOf(services, deployments ?? services * 100, services === sizes.at(-1)));
  console.log(JSON.stringify({ machine: machine(), load: loadavg()[0], results }));
}

async function siteOf(services: number, deployments: number, hasWeights: boolean) {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-bench-"));
  try {
    const run = (what: string, ...options: string[]) => built(what, services, deployments, folder, options);
    const model = await run("model");
    const cold = await run("site", "--cpu-prof", "--cpu-prof-interval", "5000", "--cpu-prof-dir", join(folder, "profile"));
    const phases = await phasesOf(join(folder, "profile"));
    const again = await run("site");
    const bytes = await bytesOf(join(folder, "site"));
    console.log(`${services} services, ${deployments} deployments: ${cold.pages} pages`);
    print("model", model);
    print("site, cold", cold);
    print("site, again", again);
    const { idle = 0, ...busy } = phases;
    const main = Object.values(busy).reduce((sum, seconds) => sum + seconds, 0);
    for (const [phase, seconds] of Object.entries(busy).toSorted((a, b) => b[1] - a[1]))
      console.log(`  ${percent(seconds / main)} of what the threads did: ${phase}`);
    // While other programs run, a profile counts their time too: shares are right, seconds are not.
    console.log(`  they waited ${percent(idle / (idle + main)).trim()} of the time for DuckDB, the bundler, the disk and each other`);
    console.log(`  ${(bytes.html / 1024 ** 2).toFixed(1)} MB of pages, ${(bytes.html / cold.pages / 1024).toFixed(1)} KB each; ${(bytes.all / 1024 ** 2).toFixed(1)} MB in ${bytes.files} files`);
    if (hasWeights) await weight(join(folder, "site"));
    return { services, deployments, pages: cold.pages, model, cold, again, phases, bytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const percent = (part: number) => `${(part * 100).toFixed(0).padStart(3)} %`;

/** The model or the site of a made-up company, in a process of its own. */
export async function built(what: string, services: number, deployments: number, folder: string, options: readonly string[] = []): Promise<Built> {
  const { stdout } = await execa(process.execPath, [...options, join(import.meta.dirname, "site/built.ts"), what, String(services), String(deployments), folder]);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Built;
}

function print(name: string, { pages, seconds, processor_seconds: work, peak_gb: peak }: Built): void {
  const each = pages > 0 ? `, ${(pages / seconds).toFixed(0)} pages a second, ${((work / pages) * 1000).toFixed(1)} ms of processor time each` : "";
  console.log(`${seconds.toFixed(1).padStart(10)} s  ${name}: ${work.toFixed(1)} s of processor time, peak ${peak.toFixed(2)} GB${each}`);
}

async function bytesOf(folder: string): Promise<{ html: number; all: number; files: number }> {
  const files = await glob("**/*", { cwd: folder });
  let [html, all] = [0, 0];
  for (const file of files) {
    const { size } = await stat(join(folder, file));
    all += size;
    if (file.endsWith(".html")) html += size;
  }
  return { html, all, files: files.length };
}
