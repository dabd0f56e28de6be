import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { glob } from "tinyglobby";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { measured, type Measured } from "../measured.ts";
import { installed } from "../scratch.ts";

export const FRAMEWORK = { "@observablehq/framework": "1.13.4", "@observablehq/plot": "0.6.17" };

export interface PeerSite extends Measured {
  readonly pages: number;
  /** What a browser loads for a page on average: the page, its scripts and styles, its data. */
  readonly page_bytes: number;
  readonly page_gzip: number;
}

const PERIODS = ["quarter", "month", "week", "rolling"];

/** Builds pages of services with Observable Framework: by period five charts and five tables each, from the same figures. */
export async function frameworkSite(warehouse: Warehouse, pages: number, folder: string): Promise<PeerSite> {
  const home = await installed(FRAMEWORK);
  await mkdir(join(folder, "src/data"), { recursive: true });
  await rm(join(folder, "node_modules"), { force: true });
  await symlink(join(home, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", dependencies: FRAMEWORK }));
  await writeFile(join(folder, "observablehq.config.js"), CONFIG);
  const scopes = await warehouse.rows<{ scope: string }>("select distinct scope from reports.site_figure where scope_kind = 'service' order by scope");
  const wanted = scopes.flatMap(({ scope }) => PERIODS.map((period) => [scope, period] as const)).slice(0, pages);
  for (const [scope, period] of wanted) {
    const figures = await warehouse.rows(
      `select metric, period_label, period_start, value, interval_low, interval_high, n, unit from reports.site_figure
       where scope_kind = 'service' and scope = $1 and period_kind = $2 order by metric, period_start`,
      [scope, period],
    );
    const name = `${scope}-${period}`;
    await writeFile(join(folder, "src/data", `${name}.json`), JSON.stringify(figures));
    await writeFile(join(folder, "src", `${name}.md`), pageOf(scope, period, name));
  }
  await writeFile(join(folder, "src/index.md"), `# Services\n\n${wanted.map(([scope, period]) => `- [${scope}, ${period}](./${scope}-${period})`).join("\n")}\n`);
  const taken = await measured([join(home, "node_modules/@observablehq/framework/dist/bin/observable.js"), "build"], folder);
  return { pages: wanted.length, ...withoutOutput(taken), ...(await bytesOf(join(folder, "dist"), wanted.map(([scope, period]) => `${scope}-${period}.html`))) };
}

const withoutOutput = ({ seconds, processor_seconds, peak_gb }: Measured): Measured => ({ seconds, processor_seconds, peak_gb });

// Nothing is asked of other hosts, so that neither the build nor a page waits for them.
const CONFIG = `export default { title: "Bench", pages: [], search: false, globalStylesheets: [], telemetry: false };\n`;

const METRICS = ["deployment_frequency", "change_lead_time", "change_fail_rate", "failed_deployment_recovery_time", "deployment_rework_rate"];

const pageOf = (scope: string, period: string, name: string) => `# ${scope} by ${period}

\`\`\`js
import * as Plot from "@observablehq/plot";
const figures = await FileAttachment("data/${name}.json").json();
const of = (metric) => figures.filter((row) => row.metric === metric).map((row) => ({ ...row, at: new Date(row.period_start) }));
const chart = (rows) => Plot.plot({ width: 640, height: 220, marks: [
  Plot.areaY(rows, { x: "at", y1: "interval_low", y2: "interval_high", fillOpacity: 0.2 }), Plot.lineY(rows, { x: "at", y: "value" }), Plot.dot(rows, { x: "at", y: "value" }) ] });
const table = (rows) => {
  const made = document.createElement("table");
  for (const row of [{ period_label: "Period", value: "Value", interval_low: "from", interval_high: "to", n: "n" }, ...rows])
    for (const [at, column] of ["period_label", "value", "interval_low", "interval_high", "n"].entries())
      (at === 0 ? made.insertRow() : made.rows[made.rows.length - 1]).insertCell().append(row[column] ?? "");
  return made;
};
\`\`\`

${METRICS.map((metric) => `## ${metric.replaceAll("_", " ")}\n\n\`\`\`js\ndisplay(chart(of("${metric}")));\ndisplay(table(of("${metric}")));\n\`\`\`\n`).join("\n")}`;

/** Everything that a page names, and what its scripts import in turn. */
async function bytesOf(folder: string, pages: readonly string[]): Promise<{ page_bytes: number; page_gzip: number }> {
  const all = new Set(await glob("**/*", { cwd: folder }));
  const sizes = new Map<string, readonly [number, number]>();
  const sizeOf = async (file: string) => {
    const content = await readFile(join(folder, file));
    const size = sizes.get(file) ?? ([content.length, gzipSync(content).length] as const);
    sizes.set(file, size);
    return size;
  };
  let [bytes, gzip] = [0, 0];
  for (const page of pages) {
    const loaded = new Set([page]);
    for (const file of loaded) for (const other of await namedIn(folder, file, all)) loaded.add(other);
    for (const file of loaded) {
      const [raw, small] = await sizeOf(file);
      bytes += raw;
      gzip += small;
    }
  }
  return { page_bytes: bytes / pages.length, page_gzip: gzip / pages.length };
}

const ADDRESS = /["'(]((?:\.{1,2})?\/[\w./@%+-]+\.[\w]+)["')]/g;

/** Files other than pages that a page, script or style names. */
async function namedIn(folder: string, file: string, all: ReadonlySet<string>): Promise<string[]> {
  if (!/\.(html|js|css)$/.test(file)) return [];
  const text = await readFile(join(folder, file), "utf8");
  const named = [...text.matchAll(ADDRESS)].map(([, address = ""]) => (address.startsWith("/") ? address.slice(1) : posix.join(dirname(file), address)));
  return named.filter((target) => all.has(target) && !target.endsWith(".html"));
}
