import { defineCommand } from "../command.ts";

export const verify = defineCommand({
  name: "verify",
  summary: "Check that what was collected is unaltered.",
  description:
    "Recomputes the hash of every stored record and batch, and the chain over them. Exit code 1 when something does not match. " +
    "A pack is verified with stock tools: its VERIFY.md says how.",
  positionals: [],
  options: {},
  examples: [["quarterdeck verify", "check the database"]],
});
