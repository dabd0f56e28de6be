import { refuseHeld } from "../archive/holds.ts";
import { loadConfig } from "../config/load.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { erase } from "../warehouse/erase.ts";
import { readArguments } from "./command.ts";
import { erase as command } from "./help/erase.ts";
import { databaseOf } from "./session.ts";
import { wholeNumber } from "./whole-number.ts";

/** Takes what a record says out of the database. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [source = "", stream = "", key = ""] = positionals;
  const [reason, by] = [given("--reason", values.reason), given("--by", values.by)];
  const version = values.version === undefined ? undefined : wholeNumber("--version", values.version, 1);
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  const erasure = { source, stream, key, version, reason, by, at: effects.now() };
  const versions = await erase(databaseOf(loaded), erasure, loaded.config.database_memory, (warehouse) => refuseHeld(warehouse, erasure));
  if (versions === 0) {
    effects.stdout("erased before; the file was written anew, in case that was cut short\n");
    return 0;
  }
  effects.stdout(
    `${versions} ${versions === 1 ? "version" : "versions"} erased; hash and reason are kept, and figures are computed without it from now on\n`,
  );
  return 0;
}

function given(option: string, text: string | undefined): string {
  if (text !== undefined && text.trim() !== "") return text.trim();
  throw new UsageError(`erase needs ${option}: what was taken away must be accounted for`);
}
