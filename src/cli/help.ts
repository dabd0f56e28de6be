import { type Command, globalOptions, type Option } from "./command.ts";
import { commandNames, commandOf } from "./commands.ts";

const WIDTH = 88;

/** Help for all commands. */
export function generalHelp(): string {
  return [
    "Quarterdeck: delivery metrics and audit evidence as plain files.",
    "Usage: quarterdeck <command> [options]",
    section(
      "Commands",
      commandNames.map((name) => [name, commandOf(name).summary]),
    ),
    section("Options of every command", [
      ...optionRows(globalOptions),
      ["-V, --version", "Print the version."],
    ]),
    section("Examples", [
      ["quarterdeck demo", "look at a made-up company first"],
      ["quarterdeck init", "write a quarterdeck.yaml"],
      ["quarterdeck collect", "read the sources"],
      ["quarterdeck build", "write the site"],
    ]),
    "Exit codes: 0 done, 1 done with findings, 2 failed.",
    "`quarterdeck <command> --help` says more about a command.",
  ]
    .join("\n\n")
    .concat("\n");
}

/** Help for one command. */
export function commandHelp(command: Command): string {
  const { name, description, positionals, options, examples } = command;
  const usage = ["quarterdeck", name, ...positionals.map(positionalUsage), "[options]"].join(" ");
  return [
    `Usage: ${usage}`,
    wrap(description, WIDTH).join("\n"),
    section(
      "Arguments",
      positionals.map((positional) => [positionalUsage(positional), positional.description]),
    ),
    section("Options", [...optionRows(options), ...optionRows(globalOptions)]),
    section("Examples", examples),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

const positionalUsage = ({ name, isRequired }: Command["positionals"][number]) =>
  isRequired ? `<${name}>` : `[${name}]`;

const optionRows = (options: Readonly<Record<string, Option>>) =>
  Object.entries(options).map(([name, { short, value, description }]): [string, string] => [
    `${short ? `-${short}, ` : "    "}--${name}${value ? ` <${value}>` : ""}`,
    description,
  ]);

const MOST_INDENT = 30;
const STACKED_INDENT = 6;

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return "";
  const column = Math.max(...rows.map(([left]) => left.length));
  const lines = column > MOST_INDENT ? rows.flatMap(stacked) : rows.flatMap((row) => sideBySide(row, column));
  return [`${title}:`, ...lines].join("\n");
}

function sideBySide([left, right]: readonly [string, string], column: number): string[] {
  const indent = column + 4;
  const lines = wrap(right, WIDTH - indent);
  return lines.map((line, index) =>
    index === 0 ? `  ${left.padEnd(column)}  ${line}` : " ".repeat(indent) + line,
  );
}

const stacked = ([left, right]: readonly [string, string]) => [
  `  ${left}`,
  ...wrap(right, WIDTH - STACKED_INDENT).map((line) => " ".repeat(STACKED_INDENT) + line),
];

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
