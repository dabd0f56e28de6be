import { defineCommand } from "../command.ts";

export const init = defineCommand({
  name: "init",
  summary: "Write a quarterdeck.yaml to begin with.",
  description:
    "Looks for a git clone (here, or at the path you give), reads its name, main line and release tags, and " +
    "writes a commented quarterdeck.yaml that collects it. Never overwrites a file.",
  positionals: [
    { name: "clone", description: "Git clone or bare repository to begin with; left out = here." },
  ],
  options: {},
  examples: [
    ["quarterdeck init", "begin with the clone you are in"],
    ["quarterdeck init ../payments", "begin with another clone"],
  ],
});
