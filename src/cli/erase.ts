import { refuseHeld } from "../archive/holds.ts";
import { loadConfig } from "../config/load.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { erase } from "../warehouse/erase.ts";
import { mentionsOf } from "../warehouse/subject.ts";
import { readArguments } from "./command.ts";
import { erase as command } from "./help/erase.ts";
import { databaseOf, forgetCharts, openSession } from "./session.ts";
import { subjectOf } from "./subject.ts";
import { wholeNumber } from "./whole-number.ts";

/** Takes what records say out of the database. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [source = "", stream = "", key] = positionals;
  const [reason, by] = [given("--reason", values.reason), given("--by", values.by)];
  const version = values.version === undefined ? undefined : wholeNumber("--version", values.version, 1);
  if ((key === undefined) === (values.person === undefined))
    throw new UsageError("erase needs the key of a record, or --person for all of the stream that name somebody");
  const keys = values.person === undefined ? [key ?? ""] : await keysNaming(values.person, { source, stream, version }, values, effects);
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  const erasure = { source, stream, keys, version, isWhole: values.whole === true, reason, by, at: effects.now() };
  const versions = await erase(databaseOf(loaded), erasure, loaded.config.database_memory, async (warehouse) => {
    for (const one of keys) await refuseHeld(warehouse, { source, stream, key: one, version });
  });
  // A mark on a trend may say what was erased.
  forgetCharts(loaded);
  if (versions === 0) {
    effects.stdout("erased before; the file was written anew, in case that was cut short\n");
    return 0;
  }
  const left = stream === "commit" && values.whole !== true ? "; of each commit its place in the history stays, without a person" : "";
  effects.stdout(
    `${versions} ${versions === 1 ? "version" : "versions"} of ${keys.length} ${keys.length === 1 ? "record" : "records"} erased; hash and reason are kept, and figures are computed without from now on${left}\n` +
      "Packs, archives and copies that were made before still hold it; the source may, too.\n",
  );
  return 0;
}

/** Keys of the records of a stream that name a person, by any name that they have. */
async function keysNaming(
  person: string,
  { source, stream, version }: { source: string; stream: string; version: number | undefined },
  values: Parameters<typeof openSession>[0],
  effects: Effects,
): Promise<string[]> {
  const { warehouse } = await openSession(values, effects);
  try {
    const { names } = await subjectOf(warehouse, person);
    const found = (await mentionsOf(warehouse, names)).filter(
      (record) => record.source === source && record.stream === stream && (version === undefined || record.version === version),
    );
    if (found.length === 0) throw new UsageError(`no record of ${source} ${stream} names ${JSON.stringify(person)}`);
    return [...new Set(found.map(({ key }) => key))];
  } finally {
    warehouse.close();
  }
}

function given(option: string, text: string | undefined): string {
  if (text !== undefined && text.trim() !== "") return text.trim();
  throw new UsageError(`erase needs ${option}: what was taken away must be accounted for`);
}
