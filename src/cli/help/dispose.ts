import { defineCommand } from "../command.ts";

export const dispose = defineCommand({
  name: "dispose",
  summary: "Take records out of the database whose time is over, by the retention policy.",
  description:
    "Shows what would go, and nothing more, unless --confirm is there. Goes what `retention` in quarterdeck.yaml says is past its time, is in an archive that is as it was written, and is on no " +
    "hold. What a record says is taken out; that it was there and its hash stay, so that `quarterdeck verify` still holds. The custody log keeps what went, by which rule, why, when and by whom. " +
    "The database file is written anew. Figures stay as they are as long as the archives are there (`archives` in quarterdeck.yaml).",
  positionals: [],
  options: {
    confirm: { type: "boolean", description: "Do it; without, only show what would go." },
    by: { type: "string", value: "name", description: "Who does it; kept in the custody log." },
    reason: { type: "string", value: "text", description: "Why; left out = the basis of the class." },
    class: { type: "string", value: "name", description: "Only this class of `retention`; left out = all." },
    unarchived: {
      type: "boolean",
      description: "What is in no archive goes, too: for good. Needs a reason.",
    },
    list: { type: "boolean", description: "Print the custody log: holds, disposals and restorations." },
    json: { type: "boolean", description: "Print the list, or what would go, as JSON." },
  },
  examples: [
    ["quarterdeck dispose", "what would go"],
    ['quarterdeck dispose --confirm --by "records office"', "let it go"],
    ["quarterdeck dispose --list", "what went, by which rule, and who did it"],
  ],
});
