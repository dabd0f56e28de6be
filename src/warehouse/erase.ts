import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../collectors/contract.ts";
import { DataError } from "../errors.ts";
import { packageRoot } from "../package-root.ts";
import { literal } from "./literal.ts";
import { closeAll, inMemory, openWarehouse, privateFiles, type Opened, type Warehouse } from "./open.ts";
import { inTransaction, storeVersion } from "./store.ts";

export interface Erasure {
  readonly source: string;
  readonly stream: string;
  readonly keys: readonly string[];
  /** Undefined = all of them. */
  readonly version: number | undefined;
  /** Whether nothing is left of a commit either. */
  readonly isWhole?: boolean;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/** Looks at the database before anything is erased, and throws where it must not be. */
export type Guard = (warehouse: Warehouse) => Promise<void>;

const sql = (name: string) => readFileSync(join(packageRoot, `src/warehouse/sql/${name}.sql`), "utf8");
const ERASE = sql("erase");
const ERASED_COMMIT = sql("erased_commit");

/**
 * Takes what records said out of the database at `path`: hash and reason stay, so that the chain still verifies. The model goes too, which
 * may repeat it, and the file is written anew, since a database keeps what it no longer needs until it wants the place.
 * Asked again it writes the file anew, in case it was cut short before.
 * @returns the number of versions that were erased; 0 where they were before
 * @throws {DataError} when there is no such record, or nothing was ever in it
 */
export async function erase(path: string, erasure: Erasure, memoryLimit?: string, guard?: Guard): Promise<number> {
  const versions = await noted(path, erasure, memoryLimit, guard);
  await rewritten(path, memoryLimit);
  return versions;
}

async function noted(
  path: string,
  erasure: Erasure,
  memoryLimit: string | undefined,
  guard: Guard | undefined,
): Promise<number> {
  const { source, stream, version, isWhole = false, reason, by, at } = erasure;
  const keys = JSON.stringify(erasure.keys);
  const warehouse = await openWarehouse(path, { mode: "write", memoryLimit });
  try {
    return await inTransaction(warehouse, async () => {
      await guard?.(warehouse);
      await refuseUnknown(warehouse, erasure);
      const commits =
        stream === "commit" && !isWhole
          ? await warehouse.rows<CommitRow>(ERASED_COMMIT, [source, keys, version ?? null])
          : [];
      const before = await erasures();
      await warehouse.run(ERASE, [source, stream, keys, version ?? null, reason, by, at.toISOString(), isWhole]);
      await warehouse.run(
        `update raw.record as r set payload = null
         where source = ? and stream = ? and exists (
           select 1 from raw.erasure as e where e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version)`,
        [source, stream],
      );
      for (const commit of commits) await leave(warehouse, erasure, commit);
      await forgetModel(warehouse);
      return (await erasures()) - before;
    });
    async function erasures(): Promise<number> {
      const [row] = await warehouse.rows<{ erasures: number }>(
        "select count(*) as erasures from raw.erasure",
      );
      return row?.erasures ?? 0;
    }
  } finally {
    warehouse.close();
  }
}

/** Of several nothing is erased where one was misspelt. */
async function refuseUnknown(
  warehouse: Warehouse,
  { source, stream, keys, version }: Erasure,
): Promise<void> {
  const found = await warehouse.rows<{ key: string }>(
    `select distinct r.key
     from raw.record as r
     left join raw.erasure as e on e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version
     left join raw.gone as g on g.source = r.source and g.stream = r.stream and g.key = r.key and g.version = r.version
     where r.source = ? and r.stream = ? and (?::integer is null or r.version = ?::integer)
       and (r.payload is not null or e.key is not null or g.key is not null)`,
    [source, stream, version ?? null, version ?? null],
  );
  const known = new Set(found.map(({ key }) => key));
  const unknown = keys.find((key) => !known.has(key));
  if (unknown === undefined) return;
  throw new DataError(
    `${source} ${stream} has no record ${JSON.stringify(unknown)}${version === undefined ? "" : ` in version ${version}`} that says anything`,
  );
}

interface CommitRow {
  readonly key: string;
  readonly run_id: number;
  readonly updated_at: string | null;
  readonly payload: string;
}

/** What a commit says that is of no person, as collectors call it: its place in the graph, when, and what it touches. */
const OF_NO_PERSON = new Set([
  ...["repository", "sha", "parents", "authored_at", "committed_at", "paths", "reverts", "cherry_picked_from"],
  ...["oid", "authoredDate", "committedDate"],
  ...["id", "parent_ids", "authored_date", "committed_date"],
]);
const MESSAGES = new Set(["subject", "message", "title", "body"]);
/** Of what it was written for only numbers of changes and hashes of commits, by which others are judged. */
const REFERENCES =
  /^Merge pull request #\d+|^Merged PR \d+|\((?:pull request )?#\d+\)[ \t]*$|^See merge request !\d+|\bThis reverts commit [0-9a-f]{7,64}\b|\(cherry picked from commit [0-9a-f]{7,64}\)|^Fixes: [0-9a-f]{7,64}\b/gim;

/** The first line stays the first: it says which change a commit brings in. */
function withoutWords(message: string, isBody: boolean): string {
  const [first = "", ...rest] = message.split("\n");
  const referring = (text: string) => (text.match(REFERENCES) ?? []).map((reference) => reference.trim());
  if (isBody) return referring(message).join("\n");
  return [["(erased)", ...referring(first)].join(" ").replace(/^\(erased\) (?=Merge)/, ""), ...referring(rest.join("\n"))].join("\n");
}

/**
 * Without its commits the graph says no more which changes a deployment contains: lead times of others would move. So a commit is followed by a
 * version of itself that names nobody, marked as such, which is sealed as any other.
 */
async function leave(
  warehouse: Warehouse,
  { source, stream, at }: Erasure,
  { key, run_id: runId, updated_at, payload }: CommitRow,
): Promise<void> {
  const left = Object.entries(JSON.parse(payload) as Record<string, Json>).flatMap(([name, value]): [string, Json][] => {
    if (OF_NO_PERSON.has(name)) return [[name, value]];
    return MESSAGES.has(name) && typeof value === "string" ? [[name, withoutWords(value, name === "body")]] : [];
  });
  const record = { key, payload: { ...Object.fromEntries(left), erased: true } };
  await storeVersion(
    warehouse,
    { source, stream, runId, fetchedAt: at },
    updated_at === null ? record : { ...record, updatedAt: updated_at },
  );
}

/** The model may repeat what a record said. */
export async function forgetModel(warehouse: Warehouse): Promise<void> {
  await warehouse.run("delete from raw.model_build");
  for (const { name } of await warehouse.rows<{ name: string }>(
    "select schema_name as name from duckdb_schemas() where database_name = current_database() and schema_name not in ('main', 'raw', 'information_schema', 'pg_catalog') order by name",
  ))
    await warehouse.run(`drop schema "${name}" cascade`);
}

/** The same database without the places that hold what was deleted. It gets its name when it is whole. */
export async function rewritten(path: string, memoryLimit: string | undefined): Promise<void> {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  const opened: Opened = [];
  privateFiles("write", opened);
  try {
    const connection = await inMemory(opened, undefined, { memoryLimit });
    await connection.run(`attach ${literal(path)} as before (read_only)`);
    await connection.run(`attach ${literal(part)} as after`);
    await connection.run("copy from database before to after");
    await connection.run("detach after");
    await connection.run("detach before");
  } finally {
    closeAll(opened);
  }
  renameSync(part, path);
}
