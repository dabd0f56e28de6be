import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { KnownError } from "../errors.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open.ts";
import { type Finding, inSection } from "./finding.ts";
import { leftoverFindings, memoryFindings, permissionFindings, spaceFindings } from "./surroundings.ts";

const { ok, warning, problem } = inSection("database");

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
  const runs = await warehouse.rows<{ run_id: number }>(
    "select run_id from raw.run where status = 'running' order by run_id",
  );
  return runs.map(({ run_id }) =>
    warning(
      `run ${run_id}`,
      "was cut short; what it stored is whole",
      "quarterdeck collect, which goes on from there",
    ),
  );
}
