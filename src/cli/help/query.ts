import { defineCommand } from "../command.ts";

export const query = defineCommand({
  name: "query",
  summary: "Ask the database, read-only: a relation by name, or SQL.",
  description:
    "Prints a relation (`model.wave`, or just `wave` where the name is unique) or the result of one SELECT. It can read " +
    "the database and nothing else: no files, no network, no settings.",
  positionals: [{ name: "query", description: "Name of a relation, or SQL; left out = list the relations." }],
  options: {
    json: { type: "boolean", description: "As JSON, for another program." },
    csv: { type: "boolean", description: "As CSV, for a spreadsheet." },
  },
  examples: [
    ["quarterdeck query", "list the relations"],
    ["quarterdeck query model.wave", "every production deployment"],
    ['quarterdeck query "select service, live_at from model.wave" --csv', "for a spreadsheet"],
  ],
});
