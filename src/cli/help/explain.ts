import { defineCommand } from "../command.ts";

export const explain = defineCommand({
  name: "explain",
  summary: "Say what a metric means, how it is computed, and show the rows behind it.",
  description: "Prints the definition, the version of the rule, the SQL, and the rows that made the number.",
  positionals: [{ name: "name", description: "Metric or relation; left out = list them." }],
  options: {
    service: { type: "string", value: "name", description: "Rows of this service only." },
    limit: { type: "string", value: "n", description: "At most so many rows; left out = 20." },
    json: { type: "boolean", description: "As JSON, for another program." },
  },
  examples: [
    ["quarterdeck explain", "list what can be explained"],
    ["quarterdeck explain change_fail_rate", "the definition of a metric"],
    ["quarterdeck explain change_lead_time --service payments", "and the changes behind it"],
  ],
});
