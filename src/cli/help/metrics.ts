import { defineCommand } from "../command.ts";

export const metrics = defineCommand({
  name: "metrics",
  summary: "Print the five delivery metrics.",
  description:
    "Prints each metric with its sample size, interval, what is pending and what is unknown, computed from what was " +
    "collected. Without a scope: the organisation. docs/metrics.md describes every column of --json.",
  positionals: [],
  options: {
    service: { type: "string", value: "name", description: "Of this service." },
    team: { type: "string", value: "name", description: "Of this team." },
    all: { type: "boolean", description: "Of every scope." },
    metric: { type: "string", value: "name", description: "Only this metric, e.g. change_lead_time." },
    by: {
      type: "string",
      value: "period",
      description: "week, month, quarter, year or rolling: one row each; left out = over everything known.",
    },
    json: { type: "boolean", description: "As JSON, for another program." },
    csv: { type: "boolean", description: "As CSV, for a spreadsheet." },
  },
  examples: [
    ["quarterdeck metrics", "the whole organisation"],
    ["quarterdeck metrics --team checkout --by quarter", "a team, quarter by quarter"],
    ["quarterdeck metrics --service payments --json", "for another program"],
  ],
});
