import { parseArgs } from "node:util";
import { didYouMean } from "../config/suggest.ts";
import { UsageError } from "../errors.ts";
import { asOfInstant } from "./as-of.ts";

export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in the help, e.g. `file`. */
  readonly value?: string;
  readonly description: string;
}

type Options = Readonly<Record<string, Option>>;

export interface Positional {
  readonly name: string;
  readonly description: string;
  readonly isRequired?: boolean;
}

/** What a command takes: read by the parser and printed by `--help`, so that the two never differ. */
export interface Command<Own extends Options = Options> {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What a reader should know before running it. */
  readonly description: string;
  readonly positionals: readonly Positional[];
  readonly options: Own;
  /** Command line, and what it does. */
  readonly examples: readonly (readonly [string, string])[];
}

export const defineCommand = <const Own extends Options>(command: Command<Own>) => command;

export const globalOptions = {
  config: {
    type: "string",
    short: "C",
    value: "file",
    description: "Configuration, or its folder; left out = quarterdeck.yaml here.",
  },
  "as-of": {
    type: "string",
    value: "instant",
    description:
      "Leave out what happened later: 2026-06-30T12:00:00Z, or 2026-06-30 for the end of that day. " +
      "Left out = start of the last completed collection.",
  },
  help: { type: "boolean", short: "h", description: "Print this help." },
} as const satisfies Options;

type Values<Given extends Options> = {
  readonly [Name in keyof Given]?: Given[Name]["multiple"] extends true
    ? string[]
    : Given[Name]["type"] extends "boolean"
      ? boolean
      : string;
};

export interface Arguments<Own extends Options> {
  readonly values: Values<Own & typeof globalOptions>;
  readonly positionals: readonly string[];
}

/** What follows the command's name, checked against what the command takes. */
export function readArguments<Own extends Options>(
  command: Command<Own>,
  args: readonly string[],
): Arguments<Own> {
  const options = { ...globalOptions, ...command.options };
  rejectUnknown(command, options, args);
  const { values, positionals } = parsed(command, options, args);
  checkCount(command, positionals);
  if (typeof values["as-of"] === "string") asOfInstant(values["as-of"], "UTC");
  return { values: values as Values<Own & typeof globalOptions>, positionals };
}

const seeHelp = (command: Command) => `\`quarterdeck ${command.name} --help\` lists what it takes`;

function rejectUnknown(command: Command, options: Options, args: readonly string[]): void {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option" || Object.hasOwn(options, token.name)) continue;
    const known = Object.keys(options).map((name) => `--${name}`);
    const suggestion = didYouMean(`--${token.name}`, known) || `; ${seeHelp(command)}`;
    throw new UsageError(`${command.name} has no option ${token.rawName}${suggestion}`);
  }
}

function parsed(command: Command, options: Options, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!isParseError(error)) throw error;
    const said = error.message.split("\n")[0]?.replace(/\.$/, "") ?? "";
    throw new UsageError(
      `${command.name}: ${said.charAt(0).toLowerCase()}${said.slice(1)}; ${seeHelp(command)}`,
    );
  }
}

const isParseError = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");

function checkCount(command: Command, positionals: readonly string[]): void {
  const missing = command.positionals.slice(positionals.length).find(({ isRequired }) => isRequired);
  if (missing) throw new UsageError(`${command.name} needs <${missing.name}>; ${seeHelp(command)}`);
  const surplus = positionals[command.positionals.length];
  if (surplus !== undefined)
    throw new UsageError(`${command.name} does not take ${JSON.stringify(surplus)}; ${seeHelp(command)}`);
}
