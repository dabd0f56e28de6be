import { DateTime } from "luxon";
import { addHold, listHolds, releaseHold, type HoldScope, type Others } from "../archive/holds.ts";
import { loadConfig, type LoadedConfig } from "../config/load.ts";
import { didYouMean } from "../config/suggest.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { readArguments } from "./command.ts";
import { hold as command } from "./help/hold.ts";
import { printRows } from "./output.ts";
import { databaseOf } from "./session.ts";
import { wholeNumber } from "./whole-number.ts";

type Values = ReturnType<typeof readArguments<(typeof command)["options"]>>["values"];

/** Makes, lists and releases legal holds. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [action, number] = positionals;
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  const limit = loaded.config.database_memory;
  if (action === "list") return list(values, loaded, effects);
  if (action === "add") {
    const made = await addHold(databaseOf(loaded), scopeOf(values, loaded), wordOf(values, effects), limit);
    effects.stdout(
      `hold ${made} is in force: what it covers is neither disposed of nor erased until \`quarterdeck hold release ${made}\`\n`,
    );
    return 0;
  }
  if (action !== "release")
    throw new UsageError(`hold: expected add, list or release, found ${JSON.stringify(action)}`);
  if (number === undefined)
    throw new UsageError("hold release needs <hold>: its number, as `quarterdeck hold list` prints it");
  const hold = wholeNumber("hold release", number, 0);
  await releaseHold(databaseOf(loaded), hold, wordOf(values, effects), limit);
  effects.stdout(`hold ${hold} is released; it stays listed\n`);
  return 0;
}

function wordOf({ by, reason }: Values, effects: Effects) {
  if (reason === undefined || reason.trim() === "")
    throw new UsageError("hold needs --reason: why something is held, or no longer is, must be known");
  if (by === undefined || by.trim() === "")
    throw new UsageError("hold needs --by: who decided it must be known");
  return { by: by.trim(), reason: reason.trim(), at: effects.now() };
}

/** What is misspelled would hold nothing, so that names must be those of the configuration. */
function scopeOf(
  { source = [], stream = [], service = [], from, until }: Values,
  { config }: LoadedConfig,
): HoldScope & Others {
  source.forEach((name) => known("--source", name, Object.keys(config.sources)));
  service.forEach((name) => known("--service", name, Object.keys(config.services)));
  const others = Object.entries(config.services).filter(([name]) => !service.includes(name));
  const heldRepositories = new Set(service.map((name) => config.services[name]?.repository));
  const span = {
    from: instant("--from", from, config.time_zone),
    until: instant("--until", until, config.time_zone),
  };
  if (span.from !== null && span.until !== null && span.until <= span.from)
    throw new UsageError("hold: --until must be a day after --from");
  return {
    ...{ sources: source, streams: stream, services: service, ...span },
    other_services: others.map(([name]) => name),
    other_repositories: others.flatMap(([, { repository }]) =>
      repository === undefined || heldRepositories.has(repository) ? [] : [repository],
    ),
  };
}

function known(option: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  throw new UsageError(
    `${option}: quarterdeck.yaml has no ${JSON.stringify(name)}${didYouMean(name, names)}`,
  );
}

function instant(option: string, day: string | undefined, timeZone: string): string | null {
  if (day === undefined) return null;
  const read = DateTime.fromISO(day, { zone: timeZone });
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !read.isValid)
    throw new UsageError(`${option}: expected a day such as 2026-01-31, found ${JSON.stringify(day)}`);
  return read.toUTC().toISO({ suppressMilliseconds: true });
}

async function list({ json }: Values, loaded: LoadedConfig, effects: Effects): Promise<number> {
  const warehouse = await openWarehouse(databaseOf(loaded), {
    mode: "read",
    memoryLimit: loaded.config.database_memory,
  });
  try {
    const columns = [
      "hold",
      "held_at",
      "held_by",
      "reason",
      "scope",
      "released_at",
      "released_by",
      "release_reason",
    ];
    printRows(
      (await listHolds(warehouse)).map((row) => ({ ...row })),
      { json },
      effects,
      columns,
    );
    return 0;
  } finally {
    warehouse.close();
  }
}
