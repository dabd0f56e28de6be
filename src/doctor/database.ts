import { existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Warehouse } from "../warehouse/open.ts";
import { openWarehouse, usableMegabytes } from "../warehouse/open.ts";
import { holdsOnlySpilled, spillFolder } from "../warehouse/leftovers.ts";
import { KnownError } from "../errors.ts";
import { bytes, type Finding, inSection } from "./finding.ts";

const { ok, warning, problem } = inSection("database");

const LITTLE_SPACE = 1e9;

export interface DatabaseState {
  readonly findings: readonly Finding[];
  /** Open for reading; undefined where there is none, or none that can be read. To be closed. */
  readonly warehouse: Warehouse | undefined;
}

/** The database file, what lies beside it, and whether it opens. Changes nothing. */
export async function databaseState(path: string, memoryLimit: string | undefined): Promise<DatabaseState> {
  const around = [...memoryFindings(memoryLimit), ...spaceFindings(path)];
  if (!existsSync(path)) {
    const finding = existsSync(dirname(path))
      ? warning(path, "not there: nothing was collected yet", "quarterdeck collect")
      : problem(path, "its folder is not there", "create the folder, or correct `database`");
    return { findings: [finding, ...around], warehouse: undefined };
  }
  const files = [...permissionFindings(path), ...around];
  try {
    const warehouse = await openWarehouse(path, { mode: "read", memoryLimit });
    const inside = [await formFinding(warehouse), ...(await cutShortFindings(warehouse))];
    return { findings: [...inside, ...files, ...leftoverFindings(path)], warehouse };
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return { findings: [unreadable(path, error), ...files], warehouse: undefined };
  }
}

/** The message says itself what to do, after the colon. */
function unreadable(path: string, { message }: KnownError): Finding {
  const [said = message, ...remedy] = message.split(": ");
  const whole = remedy.join(": ").replace(/; nothing was changed$/, "");
  const short = said.replace(`${path} `, "").replace(`${basename(path)} `, "");
  // Whoever collects just now is in order.
  const finding = /in use by another process/.test(said) ? warning : problem;
  return finding(path, short, whole || "see docs/doctor.md");
}

async function formFinding(warehouse: Warehouse): Promise<Finding> {
  const [row] = await warehouse.rows<{ form: number; version: string | null }>(
    `select max(form) as form, (select max_by(product_version, run_id) from raw.run) as version from quarterdeck_migration`,
  );
  const by = row?.version == null ? "" : `, last collected into by Quarterdeck ${row.version}`;
  return ok(warehouse.path, `form ${row?.form ?? 0}, as this version needs it${by}`);
}

async function cutShortFindings(warehouse: Warehouse): Promise<Finding[]> {
  const runs = await warehouse.rows<{ run_id: number }>("select run_id from raw.run where status = 'running' order by run_id");
  return runs.map(({ run_id }) =>
    warning(`run ${run_id}`, "was cut short; what it stored is whole", "quarterdeck collect, which goes on from there"),
  );
}

/** Copies made before an upgrade hold the same data. */
function permissionFindings(path: string): Finding[] {
  if (process.platform === "win32") return [];
  const beside = readdirSync(dirname(path)).filter((name) => name === basename(path) || name.startsWith(`${basename(path)}.`));
  const open = beside.map((name) => join(dirname(path), name)).filter((file) => ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0);
  if (open.length === 0) return [ok("permissions", "readable by its owner only")];
  return open.map((file) => {
    const isFolder = statSync(file).isDirectory();
    return problem(file, "others than its owner can get at it", `chmod ${isFolder ? "700" : "600"} ${quoted(file)}`);
  });
}

function spaceFindings(path: string): Finding[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  // A model build writes new tables before it drops the old ones.
  const needed = Math.max(LITTLE_SPACE, statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return free >= needed
    ? [ok("disk", `${bytes(free)} free in ${folder}`)]
    : [warning("disk", `${bytes(free)} free in ${folder}`, `free some: a run may need as much as the database itself, here ${bytes(needed)}`)];
}

function memoryFindings(memoryLimit: string | undefined): Finding[] {
  const limit = memoryLimit === undefined ? usableMegabytes() * 1e6 : inBytes(memoryLimit);
  const available = process.availableMemory();
  const said = `the database may take ${bytes(limit)} (${memoryLimit === undefined ? "default" : "`database_memory`"}), ${bytes(available)} are available`;
  return limit <= available
    ? [ok("memory", said)]
    : [warning("memory", said, "set `database_memory` in quarterdeck.yaml to what can be spared; what does not fit goes to disk")];
}

const inBytes = (amount: string) => Number.parseFloat(amount) * (amount.endsWith("GB") ? 1e9 : 1e6);

/** Nobody holds the lock, since the database opened: whoever left these was killed. */
function leftoverFindings(path: string): Finding[] {
  const log = `${path}.wal`;
  const folder = spillFolder(path);
  return [
    ...(existsSync(log)
      ? [warning(log, "a run was cut short and left its log", "quarterdeck collect, which takes it in; never delete it: it holds what was stored last")]
      : []),
    ...(existsSync(folder) && holdsOnlySpilled(path)
      ? [warning(folder, "a run was killed and left temporary files", "quarterdeck collect, which removes them")]
      : []),
    ...(existsSync(folder) && !holdsOnlySpilled(path)
      ? [warning(folder, "stands where the database puts temporary files, and is not of its making", "move it elsewhere")]
      : []),
  ];
}

const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);
