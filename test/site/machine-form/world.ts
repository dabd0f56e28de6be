import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { buildSite } from "../../../src/site/build.ts";
import type { VERSION } from "../../../src/site/machine-form/write.ts";
import type { PublishedColumn } from "../../../src/site/machine-form/published-table.ts";
import { slug } from "../../../src/site/slug.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { given, type History } from "../../support/history.ts";

export interface Index {
  readonly version: typeof VERSION;
  readonly tables: readonly IndexTable[];
}

export interface IndexTable {
  readonly name: string;
  readonly columns: readonly PublishedColumn[];
  readonly part: string | null;
  readonly rows: number;
  readonly files: readonly {
    readonly path: string;
    readonly format: "csv" | "json" | "parquet";
    readonly parts: readonly string[] | null;
    readonly rows: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

/** Two names that make the same file name. */
export const ALIKE = ["Pay Ments", slug("Pay Ments")] as const;

export const FORMULA = '=HYPERLINK("https://evil.example","x")';

export const history = {
  asOf: "2026-03-01T00:00:00Z",
  complete: ["incident", "change_request", "change_request_approval"],
  whole: true,
  controls: ["AUT-01", "EXC-01", "POP-01", "WIN-01"],
  config: {
    publish: { people: "names" },
    services: {
      api: { repository: "api", title: FORMULA },
      zahlungsströme: { repository: "api" },
      [ALIKE[0]]: { repository: "alike" },
      [ALIKE[1]]: { repository: "alike" },
      quiet: { repository: "quiet" },
    },
    teams: { blue: { title: "Team Blue", owns: ["api"] } },
    annotations: [{ text: FORMULA, from: "2026-01-10", until: "2026-01-20", team: "blue" }],
    environments: { production: { kind: "production" }, staging: { kind: "staging" } },
  },
  data: {
    change_request: `
      id | type      | title      | service | created_at
      C1 | emergency | ${FORMULA} | api     | 2026-02-01T08:00:00Z`,
    exemption: `
      id | control | scope | reason
      X1 | AUT-01  | quiet | ${FORMULA}`,
    change: `
      id | repository | number | title | author | first_commit_at | opened_at | merged_at | additions | tickets
      1 | api | 1 | Before | ann | 2026-01-01T08:00:00Z | 2026-01-01T09:00:00Z | 2026-01-02T09:00:00Z | 1 |
      2 | api | 2 | ${FORMULA} | @ann | 2026-01-05T08:00:00Z | 2026-01-05T10:00:00Z | 2026-01-06T09:00:00Z | 10 | -1;PAY-2
      3 | api | 3 | "Quoted", größer, ＝1 | bob | 2026-01-06T08:00:00Z | 2026-01-06T10:00:00Z | 2026-01-07T09:00:00.125Z | 5 |
      4 | api | 4 | Waits | bob | 2026-01-06T08:00:00Z | 2026-01-06T10:00:00Z | 2026-02-08T09:00:00Z | |`,
    release: `
      service | version | sha | title | published_at
      api | 1.0.0 | aaa | First | 2026-01-03T08:00:00Z`,
    deployment: `
      id | attempt | service | environment | version | started_at | finished_at | status | deployer
      d1 | 1 | api | production | 1.0.0 | 2026-01-03T09:00:00Z | 2026-01-03T09:10:00Z | success | cat
      s2 | 1 | api | staging | 1.1.0 | 2026-01-09T08:00:00Z | 2026-01-09T08:10:00Z | success | cat
      d2 | 1 | api | production | 1.1.0 | 2026-01-09T09:00:00Z | 2026-01-09T09:02:00Z | failure | +cat
      d2 | 2 | api | production | 1.1.0 | 2026-01-09T10:00:00Z | 2026-01-09T10:10:00Z | success | +cat
      z1 | 1 | zahlungsströme | production | 1.1.0 | 2026-01-09T10:00:00Z | 2026-01-09T10:10:00Z | success | cat
      p1 | 1 | ${ALIKE[0]} | production | 1.0.0 | 2026-01-09T10:00:00Z | 2026-01-09T10:10:00Z | success | cat
      p2 | 1 | ${ALIKE[1]} | production | 1.0.0 | 2026-01-10T10:00:00Z | 2026-01-10T10:10:00Z | success | cat
      u1 | 1 | =unknown | production | 1.0.0 | 2026-01-10T10:00:00Z | 2026-01-10T10:10:00Z | success | cat`,
    deployment_approval: `
      id | deployment | approver | decision | decided_at
      a1 | d2 | dan | approved | 2026-01-09T08:30:00Z`,
    test_result: `
      id | service | sha | suite | total | failed | finished_at
      t1 | api | aaa | unit | 100 | 0 | 2026-01-09T07:00:00Z`,
    incident: `
      id | title | service | started_at | mitigated_at | caused_by
      i1 | ${FORMULA} | api | 2026-01-09T11:00:00Z | 2026-01-09T12:00:00Z | d2`,
  },
} as const satisfies History;

/** A folder with a database of the history; the site goes beside it. */
export async function aDatabase(changed: Partial<History> = {}): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), "quarterdeck-test-")), "q.duckdb");
  (await given({ ...history, ...changed, path })).close();
  return path;
}

/** Builds the site of a database as `quarterdeck build` does. */
export async function build(path: string, outDir: string, threads?: number): Promise<void> {
  const warehouse = await openWarehouse(path, { mode: "read", ...(threads && { threads }) });
  try {
    await buildSite(warehouse, { outDir, config: configSchema.parse({ organisation: "Test" }) });
  } finally {
    warehouse.close();
  }
}

export const indexOf = (site: string): Index =>
  JSON.parse(readFileSync(join(site, "data/index.json"), "utf8")) as Index;

export const sha256 = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

/** Path -> hash of every file of the machine form. */
export const hashesOf = (site: string): Record<string, string> =>
  Object.fromEntries(
    globSync("data/**/*", { cwd: site })
      .sort()
      .map((file) => [file, sha256(join(site, file))]),
  );
