import { defineCommand } from "../command.ts";

export const control = defineCommand({
  name: "control",
  summary: "Begin a control of your own: a check of the process in SQL.",
  description:
    "Writes a control that works, to be changed, into `controls/own/` of your queries folder: its entry in the catalogue and one SELECT. Never " +
    "overwrites a file. docs/controls.md says what a control has to say.",
  positionals: [
    { name: "action", description: "new.", isRequired: true },
    { name: "id", description: "Letters, - and a number that no control has, such as OWN-01.", isRequired: true },
  ],
  options: {},
  examples: [
    ["quarterdeck control new OWN-01", "write queries/controls/own/own_01.sql"],
    ["quarterdeck check --control OWN-01", "see what it finds"],
  ],
});
