import { dispose as disposeOf, planDisposal, type Disposal, type PastRecords } from "../archive/dispose.ts";
import { loadConfig, type LoadedConfig } from "../config/load.ts";
import { didYouMean } from "../config/suggest.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { printable } from "../printable.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open.ts";
import { readArguments } from "./command.ts";
import { dispose as command } from "./help/dispose.ts";
import { printRows } from "./output.ts";
import { archiveFolders, databaseOf, forgetCharts, pastAsOf } from "./session.ts";

type Values = ReturnType<typeof readArguments<(typeof command)["options"]>>["values"];

/** Shows what is past its time or, where that is confirmed, takes it out of the database. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(command, args);
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  if (values.list === true) return list(values, loaded, effects);
  const word = values.confirm === true ? wordOf(values, effects) : undefined;
  const disposal = await disposalOf(values, loaded, effects.now());
  const path = databaseOf(loaded);
  const { past, altered } = await planDisposal(path, disposal);
  for (const one of altered) effects.stderr(printable(`note: this archive counts for nothing: ${one}\n`));
  if (values.json === true)
    printRows(
      past.map((row) => ({ ...row })),
      { json: true },
      effects,
    );
  else effects.stdout(printable(planWords(past, disposal)));
  if (word === undefined) return 0;
  const gone = await disposeOf(path, disposal, word);
  forgetCharts(loaded);
  if (values.json !== true)
    effects.stdout(
      `${gone} ${gone === 1 ? "record was" : "records were"} disposed of; their hashes are kept\n`,
    );
  return 0;
}

function wordOf({ by, reason, unarchived }: Values, effects: Effects) {
  if (by === undefined || by.trim() === "")
    throw new UsageError("dispose --confirm needs --by: who takes records away must be known");
  if (unarchived === true && (reason === undefined || reason.trim() === ""))
    throw new UsageError("dispose --unarchived needs --reason: what is in no archive is gone for good");
  return { by: by.trim(), reason: reason?.trim() ?? "past the time of its class", at: effects.now() };
}

async function disposalOf(values: Values, loaded: LoadedConfig, now: Date): Promise<Disposal> {
  const { config } = loaded;
  const name = values.class;
  if (name !== undefined && !Object.hasOwn(config.retention, name))
    throw new UsageError(
      `--class: \`retention\` has no class ${JSON.stringify(name)}${didYouMean(name, Object.keys(config.retention))}`,
    );
  return {
    retention: config.retention,
    archives: archiveFolders(loaded),
    asOf: await reading(loaded, (warehouse) => pastAsOf(warehouse, loaded, values["as-of"], now)),
    class: name,
    isUnarchived: values.unarchived === true,
    memoryLimit: config.database_memory,
  };
}

async function reading<T>(loaded: LoadedConfig, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openWarehouse(databaseOf(loaded), {
    mode: "read",
    memoryLimit: loaded.config.database_memory,
  });
  try {
    return await work(warehouse);
  } finally {
    warehouse.close();
  }
}

function planWords(past: readonly PastRecords[], { asOf, isUnarchived }: Disposal): string {
  if (past.length === 0) return `nothing is past its time at ${asOf}\n`;
  const lines = past.map(
    (row) =>
      `${row.class} (kept ${row.words}: ${row.basis}): ${row.source} ${row.stream}${row.is_rejected ? ", rows that could not be read" : ""}, ${dayOf(row.oldest_at)} to ${dayOf(row.newest_at)}: ${fateOf(row, isUnarchived)}`,
  );
  const goes = past.reduce((sum, row) => sum + row.goes, 0);
  return `${lines.join("\n")}\n${goes} ${goes === 1 ? "record is" : "records are"} to go, past their time at ${asOf}; --confirm lets them go\n`;
}

const dayOf = (instant: string) => instant.slice(0, 10);

function fateOf({ records, goes, unarchived, held, holds }: PastRecords, isUnarchived: boolean): string {
  return [
    `${goes} of ${records} to go`,
    ...(held > 0 ? [`${held} stay on ${holds.length === 1 ? "hold" : "holds"} ${holds.join(", ")}`] : []),
    ...(unarchived > 0
      ? [
          isUnarchived
            ? `${unarchived} of them in no archive`
            : `${unarchived} stay, for they are in no archive`,
        ]
      : []),
  ].join("; ");
}

/** The custody log. */
const list = (values: Values, loaded: LoadedConfig, effects: Effects): Promise<number> =>
  reading(loaded, async (warehouse) => {
    const rows = await warehouse.rows<{ entry: number; document: string }>(
      "select event_id as entry, happened_at as at, kind, done_by as by, reason, document::varchar as document, chain_sha256 from raw.custody order by event_id",
    );
    printRows(
      values.json === true
        ? rows.map((row) => ({ ...row, document: JSON.parse(row.document) as unknown }))
        : rows,
      { json: values.json },
      effects,
      ["entry", "at", "kind", "by", "reason", "document", "chain_sha256"],
    );
    return 0;
  });
