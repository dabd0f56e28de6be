import { defineCommand } from "../command.ts";

export const collect = defineCommand({
  name: "collect",
  summary: "Read what is new from every source into the database.",
  description:
    "Goes on where the last run stopped. A source that fails does not stop the others; the exit code is then 2. " +
    "Interrupt it at any time: nothing is lost or read twice.",
  positionals: [],
  options: {
    source: {
      type: "string",
      short: "s",
      multiple: true,
      value: "name",
      description: "Only this source; may be given more than once.",
    },
    "dry-run": { type: "boolean", description: "Say what would be read, and read nothing." },
  },
  examples: [
    ["quarterdeck collect", "read every source"],
    ["quarterdeck collect -s jira -s git", "read two of them"],
    ["quarterdeck collect --dry-run", "see what would be read"],
  ],
});
