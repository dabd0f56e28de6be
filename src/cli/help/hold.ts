import { defineCommand } from "../command.ts";

export const hold = defineCommand({
  name: "hold",
  summary: "Keep records from being disposed of or erased, for as long as a legal hold lasts.",
  description:
    "A hold covers what its sources, kinds of record, services and time say, all that are given together; none given = everything. In doubt it covers: a record without a time, and one that does not " +
    "name another service. Neither `dispose` nor `erase` takes away what it covers, and both name it. Holds are kept in the database's custody log, which is only added to: one that was released stays listed.",
  positionals: [
    { name: "action", description: "add, list or release.", isRequired: true },
    { name: "hold", description: "Number of the hold to release." },
  ],
  options: {
    reason: {
      type: "string",
      value: "text",
      description: "Why it is made or released, such as the name of the case.",
    },
    by: { type: "string", value: "name", description: "Who decided it." },
    source: {
      type: "string",
      multiple: true,
      value: "name",
      description: "Only records of this source; several times for several.",
    },
    stream: {
      type: "string",
      multiple: true,
      value: "kind",
      description: "Only this kind of record, such as deployment; several times for several.",
    },
    service: {
      type: "string",
      multiple: true,
      value: "name",
      description: "Only this service; several times for several.",
    },
    from: { type: "string", value: "day", description: "Only what happened from this day on." },
    until: { type: "string", value: "day", description: "Only what happened before this day." },
    json: { type: "boolean", description: "Print the list as JSON." },
  },
  examples: [
    [
      'quarterdeck hold add --service payments --reason "case 12" --by legal',
      "all of payments",
    ],
    ["quarterdeck hold list", "all holds, those that were released too"],
    ['quarterdeck hold release 3 --reason "case 12 is closed" --by legal', "let go"],
  ],
});
