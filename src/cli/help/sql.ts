import { ENGINES } from "../../dialect/engine.ts";
import { defineCommand } from "../command.ts";

export const sql = defineCommand({
  name: "sql",
  summary: "Write the model, metrics and controls as a script of another engine.",
  description:
    "For a company whose data already lives in another engine: everything between staging and pages as one script, made from the same files of queries/. " +
    "It begins with the tables that are its input: fill them, then run it again. docs/beyond-one-machine.md says how. Where the engine cannot express " +
    "something, nothing is written; all such places are listed, and the command exits with 1.",
  positionals: [],
  options: {
    dialect: { type: "string", value: "engine", description: `One of ${ENGINES.join(", ")}.` },
    output: {
      type: "string",
      short: "o",
      value: "folder",
      description: "Where to write the script; left out = to the terminal.",
    },
    "what-works": {
      type: "boolean",
      description:
        "Write what the engine can express, and list the rest: tables that are to be filled as well.",
    },
  },
  examples: [
    ["quarterdeck sql --dialect postgres --output scripts", "scripts/quarterdeck.postgres.sql"],
    ["quarterdeck sql --dialect trino", "the script, or what Trino cannot express"],
  ],
});
