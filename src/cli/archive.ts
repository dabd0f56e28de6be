import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { lastRunStart } from "../collect/run-log.ts";
import { configDocument } from "../config/document.ts";
import { loadConfig, type LoadedConfig } from "../config/load.ts";
import { MONTHS } from "../config/schema.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { archivePeriod, periodsUntil, refuseOpen } from "../archive/period.ts";
import { datedRecords, writeArchive, type ArchiveWritten } from "../archive/write.ts";
import type { Period } from "../../reports/period/range.ts";
import { configurationDigest } from "../warehouse/model.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { readArguments } from "./command.ts";
import { archive as command } from "./help/archive.ts";
import { issuingOf } from "./issuing.ts";
import { asOfOf, databaseOf } from "./session.ts";
import { shownPath } from "../config/shown-path.ts";

type Values = ReturnType<typeof readArguments<(typeof command)["options"]>>["values"];

/** Writes archives of periods that are over; verifies, restores and lists them. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [action, folder] = positionals;
  if (action === undefined) return write(values, effects);
  refuseOptionsOfWriting(action, values);
  if (action === "list") return (await import("./archive/list.ts")).list(values, folder, effects);
  if (action === "verify")
    return (await import("./archive/verify.ts")).verify(values, named(action, folder), effects);
  if (action === "restore")
    return (await import("./archive/restore.ts")).restore(values, named(action, folder), effects);
  throw new UsageError(
    `archive: expected verify, restore or list, found ${JSON.stringify(action)}; a period is named by --period or --until`,
  );
}

function named(action: string, folder: string | undefined): string {
  if (folder !== undefined) return folder;
  throw new UsageError(`archive ${action} needs <folder>: that of an archive, or one with several in it`);
}

function refuseOptionsOfWriting(action: string, values: Values): void {
  const given = (["period", "until", "output", "sign", "no-sign"] as const).find(
    (name) => values[name] !== undefined,
  );
  if (given !== undefined)
    throw new UsageError(`archive ${action} does not take --${given}: that is for writing one`);
}

async function write(values: Values, effects: Effects): Promise<number> {
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  const asked = askedOf(values, loaded);
  const { signer } = await issuingOf(values, loaded, effects);
  const { config, directory } = loaded;
  const into =
    values.output === undefined
      ? resolve(directory, config.archives[0] ?? "archives")
      : resolve(effects.cwd, values.output);
  mkdirSync(into, { recursive: true });
  const warehouse = await openWarehouse(databaseOf(loaded), {
    mode: "read",
    memoryLimit: config.database_memory,
    writesTo: into,
  });
  try {
    const asOf = await asOfOf(warehouse, loaded, values["as-of"]);
    const known = (await lastRunStart(warehouse)) ?? asOf;
    refuseOpen(asked.last, Date.parse(asOf) < Date.parse(known) ? asOf : known, config.time_zone);
    const oldest = await datedRecords(warehouse);
    const periods =
      asked.isOne || oldest === undefined
        ? [asked.last]
        : periodsUntil(asked.last, oldest.slice(0, 10), asked.startMonth);
    const about = {
      ...{ into, organisation: config.organisation, timeZone: config.time_zone, asOf, signer },
      ...{ configurationSha256: configurationDigest(configDocument(config)), writtenAt: effects.now() },
    };
    for (const period of periods)
      effects.stdout(inWords(await writeArchive(warehouse, period, about), asked.isOne, effects));
    return 0;
  } finally {
    warehouse.close();
  }
}

interface Asked {
  readonly last: Period;
  readonly isOne: boolean;
  readonly startMonth: number;
}

function askedOf({ period, until }: Values, { config }: LoadedConfig): Asked {
  const startMonth = MONTHS.indexOf(config.quarter_start) + 1;
  if ((period === undefined) === (until === undefined))
    throw new UsageError(
      "archive needs one of --period and --until: which month, quarter or year; or verify, restore or list",
    );
  return period === undefined
    ? { last: archivePeriod("--until", until ?? "", startMonth), isOne: false, startMonth }
    : { last: archivePeriod("--period", period, startMonth), isOne: true, startMonth };
}

function inWords(
  { label, folder, records, edition, isKept }: ArchiveWritten,
  isOne: boolean,
  effects: Effects,
): string {
  if (folder === undefined)
    return isOne ? `${label}: nothing that is held belongs to it, so nothing was written\n` : "";
  const place = shownPath(folder, effects.cwd);
  if (isKept) return `${label}: archived before in ${place}; nothing has come to it\n`;
  const late =
    edition > 1
      ? `, which came too late for the ${edition === 2 ? "first edition" : `${edition - 1} editions before`}`
      : "";
  return `${label}: ${records} ${records === 1 ? "record" : "records"} in ${place}${late}\n`;
}
