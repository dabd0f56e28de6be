import { inspect } from "node:util";
import { didYouMean } from "../config/suggest.ts";
import { type Effects, realEffects } from "../effects.ts";
import { ConfigError, KnownError, UsageError } from "../errors.ts";
import { globalOptions, readArguments } from "./command.ts";
import { type CommandName, commandNames, commandOf, isCommandName } from "./commands.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { printable } from "../printable.ts";
import { productVersion } from "../product-version.ts";
import { refusedWrite } from "../refused-write.ts";

interface CommandModule {
  /** Exit code: 0 done, 1 done with findings, 2 failed. */
  readonly run: (args: string[], effects: Effects) => Promise<number>;
}

/** Runs one command line and says how it ended; never throws. */
export async function main(args: readonly string[], effects: Effects): Promise<number> {
  try {
    return await dispatch(args, effects);
  } catch (error) {
    const known = refusedWrite(error) ?? error;
    effects.stderr(said(known));
    return known instanceof KnownError ? known.exitCode : 2;
  }
}

/** The command line of this process. */
export async function runAsProcess(): Promise<void> {
  // `quarterdeck metrics | head` closes the pipe before everything is written.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  // Nobody is left to be told that nobody can be told: the work goes on, and its exit code says how it ended.
  process.stderr.on("error", () => undefined);
  process.exitCode = await main(process.argv.slice(2), realEffects);
}

async function dispatch(args: readonly string[], effects: Effects): Promise<number> {
  const { global, name, rest } = splitAtCommand(args);
  if (global.includes("--version") || global.includes("-V")) return print(`${productVersion}\n`, effects);
  if (name === undefined) return withoutCommand(global, effects);
  if (name === "help") return print(helpAbout(rest[0]), effects);
  const command = commandNamed(name);
  if (asksForHelp([...global, ...rest])) return print(commandHelp(commandOf(command)), effects);
  const own = [...global, ...rest];
  // Wrong options are said at once, before anything large is loaded.
  readArguments(commandOf(command), own);
  const { run } = await modules[command]();
  return run(own, effects);
}

function print(text: string, effects: Effects): number {
  effects.stdout(text);
  return 0;
}

function withoutCommand(global: readonly string[], effects: Effects): number {
  if (asksForHelp(global)) return print(generalHelp(), effects);
  if (global.length > 0) throw new UsageError(`expected a command: ${commandNames.join(", ")}`);
  effects.stderr(generalHelp());
  return 2;
}

const helpAbout = (name: string | undefined) =>
  name === undefined ? generalHelp() : commandHelp(commandOf(commandNamed(name)));

function commandNamed(name: string): CommandName {
  if (isCommandName(name)) return name;
  const suggestion = didYouMean(name, commandNames) || "; `quarterdeck --help` lists the commands";
  throw new UsageError(`there is no command ${JSON.stringify(name)}${suggestion}`);
}

/** Loaded when it is called, so that each command starts as fast as it can. */
const modules: Readonly<Record<CommandName, () => Promise<CommandModule>>> = {
  init: () => import("./init.ts"),
  doctor: () => import("./doctor.ts"),
  collect: () => import("./collect.ts"),
  build: () => import("./build.ts"),
  preview: () => import("./preview.ts"),
  publish: () => import("./publish.ts"),
  catalogue: () => import("./catalogue.ts"),
  pack: () => import("./pack.ts"),
  schedule: () => import("./schedule.ts"),
  demo: () => import("./demo.ts"),
  metrics: () => import("./metrics.ts"),
  "evaluate-links": () => import("./evaluate-links.ts"),
  check: () => import("./check.ts"),
  control: () => import("./control.ts"),
  explain: () => import("./explain.ts"),
  query: () => import("./query.ts"),
  sql: () => import("./sql.ts"),
  export: () => import("./export.ts"),
  import: () => import("./import.ts"),
  verify: () => import("./verify.ts"),
  subject: () => import("./subject.ts"),
  erase: () => import("./erase.ts"),
  archive: () => import("./archive.ts"),
  hold: () => import("./hold.ts"),
  dispose: () => import("./dispose.ts"),
};

const takesValue = (argument: string) =>
  Object.entries<{ readonly type: string; readonly short?: string }>(globalOptions).some(
    ([name, { type, short }]) => type === "string" && (argument === `--${name}` || argument === `-${short}`),
  );

/** Options of every command may also stand before its name: `quarterdeck -C acme.yaml build`. */
function splitAtCommand(args: readonly string[]) {
  let at = 0;
  while (args[at]?.startsWith("-")) at += takesValue(args[at] ?? "") ? 2 : 1;
  return { global: args.slice(0, at), name: args[at], rest: args.slice(at + 1) };
}

function asksForHelp(args: readonly string[]): boolean {
  const options = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  return options.includes("--help") || options.includes("-h");
}

function said(error: unknown): string {
  if (error instanceof ConfigError && error.problems.length > 1) {
    return printable(
      `quarterdeck: ${error.problems.length} problems in the configuration\n${error.message}\n`,
    );
  }
  if (error instanceof KnownError) return printable(`quarterdeck: ${error.message}\n`);
  return printable(`quarterdeck: this is a bug; please report it with what follows\n${inspect(error)}\n`);
}

if (process.argv[1] === import.meta.filename) await runAsProcess();
