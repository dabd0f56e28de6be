import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { chosenSources } from "../collect/sources.ts";
import { loadConfig, type LoadedConfig } from "../config/load.ts";
import { secondsOf } from "../config/scalars.ts";
import { withoutSecretsOf } from "../config/secret.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { printable } from "../printable.ts";
import { buildInOwnProcess } from "../schedule/build-process.ts";
import { Book, type Settings } from "../schedule/book.ts";
import { nextStart, type Scheduled } from "../schedule/due.ts";
import { readHealth } from "../schedule/health.ts";
import { Keeper, type Work } from "../schedule/keeper.ts";
import { effectsForLog, logTo } from "../schedule/log.ts";
import { healthReport } from "../schedule/overdue.ts";
import { lastCompletedRuns, scheduledSources } from "../schedule/sources.ts";
import { whenFree } from "../schedule/when-free.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { collectAndSay } from "./collect.ts";
import { readArguments } from "./command.ts";
import { schedule as command } from "./help/schedule.ts";
import { databaseOf } from "./session.ts";

/** Reads sources when they are due. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(command, args);
  const age = values["check-health"];
  if (age !== undefined && values.once === true) throw new UsageError("--once and --check-health exclude each other");
  if (age !== undefined) return checkHealth(values.config, age, effects);
  const loaded = await loadConfig(values.config, effects);
  const said = effectsForLog(effects, withoutSecretsOf(loaded.config));
  const stopping = new AbortController();
  const off = effects.onStop(() => stopping.abort());
  try {
    return await keep(loaded, { isOnce: values.once === true, stop: stopping.signal }, said);
  } finally {
    off();
  }
}

interface Keeping {
  readonly isOnce: boolean;
  readonly stop: AbortSignal;
}

async function keep(loaded: LoadedConfig, { isOnce, stop }: Keeping, effects: Effects): Promise<number> {
  const settings = settingsOf(loaded);
  const before = await readHealth(settings.healthFile);
  const lastCompleted = await readWhenFree(loaded, stop, effects);
  if (lastCompleted === undefined) return 0;
  const scheduled = scheduledSources(loaded, lastCompleted, { jitter: !isOnce });
  if (!isOnce) sayPlan(loaded, scheduled, effects);
  const book = new Book(scheduled, settings, effects, before);
  const keeper = new Keeper(scheduled, workOf(loaded, effects), book, effects, stop);
  return isOnce ? keeper.once() : keeper.keep();
}

function settingsOf({ config, directory }: LoadedConfig): Settings {
  const { health_file, notice, exit_after_failures } = config.schedule;
  return {
    organisation: config.organisation,
    healthFile: resolve(directory, health_file),
    noticeUrl: notice && webAddress(notice.url.variable, notice.url.reveal()),
    exitAfterFailures: exit_after_failures,
    withoutSecrets: withoutSecretsOf(config),
  };
}

function webAddress(variable: string, text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError(`the environment variable ${variable} holds no address such as https://chat.example.com/hook`);
}

/** Nothing was collected where there is no database. */
async function readWhenFree(loaded: LoadedConfig, stop: AbortSignal, effects: Effects) {
  chosenSources(loaded, undefined);
  const path = databaseOf(loaded);
  if (!existsSync(path)) return new Map<string, Date>();
  const read = async () => {
    // To write, for after an upgrade it is brought to its new form first.
    const warehouse = await openWarehouse(path, { mode: "write", memoryLimit: loaded.config.database_memory });
    try {
      return await lastCompletedRuns(warehouse);
    } finally {
      warehouse.close();
    }
  };
  const log = logTo(effects);
  return whenFree(read, { effects, stop, onWait: (message) => log(`waits, and tries again until it can: ${message}`) });
}

function sayPlan({ config }: LoadedConfig, scheduled: readonly Scheduled[], effects: Effects): void {
  const log = logTo(effects);
  const now = effects.now();
  for (const one of scheduled) {
    const next = nextStart(one, now);
    log(`${one.source}: ${next <= now ? "due now" : `due ${next.toISOString()}`}`);
  }
  const names = new Set(scheduled.map(({ source }) => source));
  for (const source of Object.keys(config.sources).filter((name) => !names.has(name)))
    log(`${source}: has no \`schedule\`, so it is not read here`);
}

function workOf(loaded: LoadedConfig, effects: Effects): Work {
  return {
    collect: (source, stop) => collectAndSay(loaded, { sources: [source], stop }, effects),
    build: loaded.config.schedule.build ? () => buildInOwnProcess(loaded, effects) : undefined,
  };
}

async function checkHealth(config: string | undefined, age: string, effects: Effects): Promise<number> {
  const maxAge = secondsOf(age);
  if (maxAge === undefined) {
    throw new UsageError(`--check-health: expected a length of time such as 2h or 30m, found ${JSON.stringify(age)}`);
  }
  const loaded = await loadConfig(config, effects, { secrets: "ignored" });
  const file = resolve(loaded.directory, loaded.config.schedule.health_file);
  const health = await readHealth(file);
  if (health === undefined) {
    effects.stderr(printable(`quarterdeck: ${file} is not there or is no health file: \`quarterdeck schedule\` writes it\n`));
    return 1;
  }
  const { lines, isOverdue } = healthReport(health, effects.now(), maxAge);
  effects.stdout(printable(`${lines.join("\n")}\n`));
  return isOverdue ? 1 : 0;
}
