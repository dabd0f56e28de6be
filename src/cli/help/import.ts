import { defineCommand } from "../command.ts";

export const importCommand = defineCommand({
  name: "import",
  summary: "Make a database of what `export` wrote.",
  description:
    "Checks every file against the manifest, reads the raw records into a new database where `database` of the configuration says, and verifies the chain. " +
    "What does not fit is refused, and nothing is left behind. The model is made when it is next needed.",
  positionals: [{ name: "folder", description: "What `quarterdeck export` wrote.", isRequired: true }],
  options: {},
  examples: [["quarterdeck import lake --config elsewhere", "into the database that elsewhere/quarterdeck.yaml names"]],
});
