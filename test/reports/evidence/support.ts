import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PackFile } from "../../../reports/pack-folder.ts";
import { configFile } from "../../../reports/evidence/config-file.ts";
import { allowLists } from "../../../reports/evidence/fields.ts";
import { evidenceFiles, rawFiles } from "../../../reports/evidence/files.ts";
import { chainLog } from "../../../reports/evidence/log.ts";
import type { EvidenceStream } from "../../../reports/evidence/records.ts";
import { SCOPE_FILE } from "../../../reports/evidence/results.ts";
import type { PackScope } from "../../../reports/evidence/scope.ts";
import { sqlOf } from "../../../reports/evidence/sql.ts";
import { queryFiles } from "../../../src/warehouse/model.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { given, type History } from "../../support/history.ts";

export const asOf = "2026-04-01T00:00:00Z";
export const march: PackScope = { kind: "period", from: "2026-03-01", until: "2026-04-01" };

/** Jane wrote both changes; Bo approved the first deployment, Jane herself the second. */
export const twoDeployments: History = {
  asOf,
  config: { controls: {} },
  complete: ["deployment", "change", "change_request", "change_request_approval", "commit"],
  data: {
    change: `
      id | repository | author | first_commit_at      | merged_at            | merge_sha
      c0 | api        | jane   | 2026-02-01T08:00:00Z | 2026-02-01T09:00:00Z | ${"0".repeat(40)}
      c1 | api        | jane   | 2026-03-01T08:00:00Z | 2026-03-02T09:00:00Z | ${"1".repeat(40)}
      c2 | api        | jane   | 2026-03-03T08:00:00Z | 2026-03-04T09:00:00Z | ${"2".repeat(40)}`,
    deployment: `
      id | service | environment | repository | sha              | version | started_at           | finished_at          | status  | deployer
      d0 | api     | production  | api        | ${"0".repeat(40)} | 0.9     | 2026-02-02T09:50:00Z | 2026-02-02T10:00:00Z | success | bo
      d1 | api     | production  | api        | ${"1".repeat(40)} | 1.0     | 2026-03-02T09:50:00Z | 2026-03-02T10:00:00Z | success | bo
      d2 | api     | production  | api        | ${"2".repeat(40)} | 1.1     | 2026-03-04T09:50:00Z | 2026-03-04T10:00:00Z | success | bo`,
    deployment_approval: `
      id | deployment | approver | decision | decided_at
      a1 | d1         | bo       | approved | 2026-03-02T09:30:00Z
      a2 | d2         | jane     | approved | 2026-03-04T09:30:00Z`,
    commit: `
      repository | sha              | parents          | authored_at          | committed_at         | author
      api        | ${"0".repeat(40)} |                  | 2026-02-01T08:00:00Z | 2026-02-01T09:00:00Z | jane
      api        | ${"1".repeat(40)} | ${"0".repeat(40)} | 2026-03-01T08:00:00Z | 2026-03-02T09:00:00Z | jane
      api        | ${"2".repeat(40)} | ${"1".repeat(40)} | 2026-03-03T08:00:00Z | 2026-03-04T09:00:00Z | jane`,
    ref: `
      repository | name | kind   | sha
      api        | main | branch | ${"2".repeat(40)}`,
  },
  whole: true,
  controls: ["SOD-01", "POP-03", "POP-07"],
};

export const textOf = (files: readonly PackFile[], path: string): string =>
  new TextDecoder().decode(files.find((file) => file.path === path)?.content);

/** Writes what the evidence of a scope consists of, and nothing else of a pack. */
export async function writtenEvidence(
  warehouse: Warehouse,
  folder: string,
  scope: PackScope = march,
): Promise<readonly PackFile[]> {
  return written(folder, await evidenceFiles(warehouse, scope));
}

/** The records alone, of a model without controls. */
export async function writtenRecords(warehouse: Warehouse, folder: string): Promise<readonly PackFile[]> {
  // Not the whole kit: digests ask for relations that a model of metrics alone has not.
  const kit = {
    pseudonyms: null,
    listsOf: allowLists(queryFiles()),
    config: await configFile(warehouse, false),
    streams: await warehouse.rows<EvidenceStream>(sqlOf("evidence_streams")),
  };
  const [{ as_of }] = (await warehouse.rows<{ as_of: string }>(
    "select getvariable('as_of')::timestamptz as as_of",
  )) as [{ as_of: string }];
  const scope = new TextEncoder().encode(JSON.stringify({ as_of, scope: march }));
  return written(folder, [
    kit.config.file,
    await chainLog(warehouse),
    { path: SCOPE_FILE, content: scope },
    ...(await rawFiles(warehouse, march, kit)),
  ]);
}

function written(folder: string, files: readonly PackFile[]): readonly PackFile[] {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return files;
}

/** What somebody does who alters a record and does not want it seen: every hash and the chain are made anew. */
export function rehash(folder: string, source: string, stream: string): void {
  const base = join(folder, "evidence", source, stream);
  const renamed = new Map<string, string>();
  rewrite(`${base}.jsonl`, (line) => {
    const record = JSON.parse(line) as { key: string; sha256: string };
    const payload = line.slice(line.indexOf(',"payload":') + 11, -1);
    const sha256 = hash([source, stream, record.key, payload].join("\u001f"));
    renamed.set(record.sha256, sha256);
    return line.replace(record.sha256, sha256);
  });
  rewrite(join(folder, "evidence/sealed.csv"), (line) => {
    const sha256 = line.split(",").at(-1) ?? "";
    return line.replace(sha256, renamed.get(sha256) ?? sha256);
  });
  rechain(folder);
}

interface Batch {
  sha256: string;
  previous_sha256: string;
  chain_sha256: string;
  batch: number;
  run: number;
  fetched_at_us: number;
}

function rechain(folder: string): void {
  const sealed = readFileSync(join(folder, "evidence/sealed.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  let before = "";
  rewrite(join(folder, "evidence-log.jsonl"), (line) => {
    const batch = JSON.parse(line) as Batch;
    const rows = sealed
      .filter(([number]) => Number(number) === batch.batch)
      .sort(([, a], [, b]) => Number(a) - Number(b));
    const said = rows.map(([, , version, isDeleted, updatedAt, sha256]) =>
      [sha256, version, batch.run, batch.fetched_at_us, updatedAt, isDeleted].join("\u001f"),
    );
    const sha256 = hash(said.join("\u001e"));
    const chain = hash(before + sha256);
    const written = JSON.stringify({ ...batch, sha256, previous_sha256: before, chain_sha256: chain });
    before = chain;
    return written;
  });
  rewrite(join(folder, "evidence-log.head"), (line) => `${line.split(" ")[0]} ${before}`);
}

export function rewrite(path: string, change: (line: string) => string): void {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  writeFileSync(path, lines.map((line) => `${change(line)}\n`).join(""));
}

export const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

export const history = (changes: Partial<History> = {}): Promise<Warehouse> =>
  given({ ...twoDeployments, ...changes });
