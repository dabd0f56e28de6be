import { defineCommand } from "../command.ts";

export const erase = defineCommand({
  name: "erase",
  summary: "Take what a record says out of the database, for good.",
  description:
    "Where the law demands it: what the record says is replaced by nothing, in all of its versions or in one. Of a commit its place in the history stays, without a person (hash, parents, times, paths), since figures of others follow from it. That it was there, its hash, the reason and " +
    "who asked for it stay, so that `quarterdeck verify` still holds. Figures no longer know of it. The database file is written anew; backups and " +
    "packs that were made before keep what they hold. There is no way back.",
  positionals: [
    { name: "source", description: "Source, as in quarterdeck.yaml.", isRequired: true },
    { name: "stream", description: "Stream, as `quarterdeck subject` prints it.", isRequired: true },
    { name: "key", description: "Key of the record, as printed there; left out = --person says which." },
  ],
  options: {
    reason: { type: "string", value: "text", description: "Why; kept with the hash. Must not repeat what is erased." },
    by: { type: "string", value: "name", description: "Who asked for it or decided it." },
    person: {
      type: "string",
      value: "name",
      description: "All records of the stream that name this person, by any login, address or name that `quarterdeck subject` finds.",
    },
    whole: { type: "boolean", description: "Leave nothing of a commit either." },
    version: { type: "string", value: "number", description: "Only this version; left out = all." },
  },
  examples: [
    ['quarterdeck erase tickets issue 10017 --reason "case 12" --by law', "all its versions"],
    ['quarterdeck erase git commit --person jane@example.com --reason "case 12" --by law', "all commits that name Jane, in one go"],
  ],
});
