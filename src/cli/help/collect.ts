import { defineCommand } from "../command.ts";

export const collect = defineCommand({
  name: "collect",
  summary: "Read what is new from every source into the database.",
  description:
    "Goes on where the last run stopped. A source that fails does not stop the others; the exit code is then 2. It is 1 where rows " +
    "were rejected or the run was to stop before all was read. Interrupt it at any time: nothing is lost or read twice. " +
    "Ends with what was stored, what asking cost, and what the sources have that is not stored.",
  positionals: [],
  options: {
    source: {
      type: "string",
      short: "s",
      multiple: true,
      value: "name",
      description: "Only this source; may be given more than once.",
    },
    "max-points": {
      type: "string",
      value: "n",
      description: "Ask a source no further after so many points of its hourly limit, GitHub's for example; left out = `max_points` of the source.",
    },
    "dry-run": { type: "boolean", description: "Say what would be read, what that costs and what is left of the hour; read nothing." },
  },
  examples: [
    ["quarterdeck collect", "read every source"],
    ["quarterdeck collect -s jira -s git", "read two of them"],
    ["quarterdeck collect --max-points 1000", "leave the rest of the hour to others; the next run goes on"],
    ["quarterdeck collect --dry-run", "see what would be read"],
  ],
});
