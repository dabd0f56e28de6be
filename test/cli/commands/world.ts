import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";
import { onlyControls } from "../../support/history.ts";
import { recordedEffects } from "../effects.ts";

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Failure {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with a quarterdeck.yaml and data, in which commands are run. */
export class World {
  readonly folder: string;
  /** What the clock shows to commands. */
  now = new Date("2026-04-01T00:00:00Z");

  constructor(folder: string) {
    this.folder = folder;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  /** Runs a command in this process. */
  async run(...args: string[]): Promise<Said> {
    const effects = recordedEffects(this.folder);
    const code = await main(args, { ...effects, now: () => this.now });
    return { code, ...effects.printed };
  }

  /** The rows that a command prints as JSON. */
  async json<Row = Record<string, unknown>>(...args: string[]): Promise<Row[]> {
    const { code, out, err } = await this.run(...args, "--json");
    if (code !== 0) throw new Error(err);
    return JSON.parse(out) as Row[];
  }

  /** Runs a command in a process of its own. */
  async spawn(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
    const bin = join(import.meta.dirname, "../../../bin/quarterdeck.js");
    const run: Promise<Failure> = promisify(execFile)(process.execPath, [bin, ...args], {
      cwd: this.folder,
      env: { PATH: process.env["PATH"], ...env },
    });
    const { code = 0, stdout, stderr } = await run.catch((failure: unknown) => failure as Failure);
    return { code, out: stdout, err: stderr };
  }

  /** Looks into the database, or with `write` changes it behind the product's back. */
  async inside<Result>(work: (warehouse: Warehouse) => Promise<Result>, mode: "read" | "write" = "read"): Promise<Result> {
    const warehouse = await openWarehouse(this.path("quarterdeck.duckdb"), { mode });
    try {
      return await work(warehouse);
    } finally {
      warehouse.close();
    }
  }

  remove(): void {
    chmodSync(this.folder, 0o700);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** An empty folder that ends with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const CONFIG = `
organisation: Tiny
services:
  api: { repository: api }
  web: { repository: web }
teams:
  core: { owns: [api] }
  front: { owns: [web] }
sources:
  data:
    collector: files
    complete:
      - { entity: incident, asserted_by: test }
    files:
      - { path: data/deployment*.csv, entity: deployment }
      - { path: data/incident*.csv, entity: incident }
`;

export const DEPLOYMENTS = `id,service,environment,version,finished_at,status
d1,api,production,1.0.0,2026-01-05T10:00:00Z,success
d2,api,production,1.1.0,2026-02-05T10:00:00Z,success
d3,web,production,1.0.0,2026-02-06T10:00:00Z,success
d4,web,production,1.1.0,2026-03-03T10:00:00Z,success
`;

export const INCIDENTS = `id,service,started_at,resolved_at,caused_by
i1,api,2026-02-05T11:00:00Z,2026-02-05T13:00:00Z,d2
`;

/** A third of the time that a model takes: only tests of what they find have them. */
const WITHOUT_CONTROLS = `controls: ${JSON.stringify(onlyControls([]))}\n`;

/** Two services, two teams, four deployments, one incident; no controls unless they are asked for or configured. Ends with the test unless it is kept. */
export function tinyWorld({ config = CONFIG, keep = false, controls = false } = {}): World {
  const world = new World(keep ? mkdtempSync(join(tmpdir(), "quarterdeck-test-")) : temporaryFolder());
  world.write("quarterdeck.yaml", controls || /^controls:/m.test(config) ? config : `${config}${WITHOUT_CONTROLS}`);
  world.write("data/deployments.csv", DEPLOYMENTS);
  world.write("data/incidents.csv", INCIDENTS);
  return world;
}
