import { commandNames, commandOf } from "../src/cli/commands.ts";
import { commandHelp, generalHelp } from "../src/cli/help.ts";

/** The page that shows the help of every command, as the command prints it. */
export function commandsReference(): string {
  return [
    "# Commands",
    "<!-- Made by `npm run generate` from src/cli/help. -->",
    "What `--help` prints, on one page.",
    fenced(generalHelp()),
    ...commandNames.flatMap((name) => [`## ${name}`, fenced(commandHelp(commandOf(name)))]),
  ].join("\n\n");
}

const fenced = (text: string) => `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
