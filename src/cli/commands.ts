import type { Command } from "./command.ts";
import { archive } from "./help/archive.ts";
import { build } from "./help/build.ts";
import { catalogue } from "./help/catalogue.ts";
import { check } from "./help/check.ts";
import { collect } from "./help/collect.ts";
import { control } from "./help/control.ts";
import { demo } from "./help/demo.ts";
import { dispose } from "./help/dispose.ts";
import { doctor } from "./help/doctor.ts";
import { evaluateLinks } from "./help/evaluate-links.ts";
import { erase } from "./help/erase.ts";
import { explain } from "./help/explain.ts";
import { exportCommand } from "./help/export.ts";
import { hold } from "./help/hold.ts";
import { importCommand } from "./help/import.ts";
import { init } from "./help/init.ts";
import { metrics } from "./help/metrics.ts";
import { pack } from "./help/pack.ts";
import { preview } from "./help/preview.ts";
import { publish } from "./help/publish.ts";
import { query } from "./help/query.ts";
import { schedule } from "./help/schedule.ts";
import { sql } from "./help/sql.ts";
import { subject } from "./help/subject.ts";
import { verify } from "./help/verify.ts";

/** Every command, in the order in which a newcomer meets them. */
export const commands = {
  init,
  doctor,
  collect,
  build,
  preview,
  publish,
  catalogue,
  pack,
  schedule,
  demo,
  metrics,
  check,
  control,
  explain,
  "evaluate-links": evaluateLinks,
  query,
  sql,
  export: exportCommand,
  import: importCommand,
  verify,
  subject,
  erase,
  archive,
  hold,
  dispose,
} as const;

export type CommandName = keyof typeof commands;

export const commandNames = Object.keys(commands) as CommandName[];

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name);

export const commandOf = (name: CommandName): Command => commands[name];
