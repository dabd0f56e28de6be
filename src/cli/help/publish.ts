import { defineCommand } from "../command.ts";

export const publish = defineCommand({
  name: "publish",
  summary: "Check a finished site before it goes out.",
  description:
    "With --check, looks at a finished site as its readers will get it: links and anchors that lead nowhere, requests to elsewhere, " +
    "the policy of each page, sizes, secrets, names that `publish.people` withholds, builds that did not end, and files that no build made. " +
    "Changes nothing and asks nobody. Exit code 1 when there is a fault; notes alone end with 0. Quarterdeck uploads nothing itself: " +
    "docs/publishing says how each kind of host takes the folder.",
  positionals: [{ name: "folder", description: "Folder of a site; left out = the configured output." }],
  options: {
    check: { type: "boolean", description: "Look at the folder." },
    people: {
      type: "string",
      value: "rule",
      description: "hidden, pseudonyms or names: which names this folder may hold. Left out = publish.people.",
    },
    json: { type: "boolean", description: "As JSON, for another program." },
  },
  examples: [
    ["quarterdeck publish --check", "look at what was built"],
    ["quarterdeck publish --check public --json", "for another program"],
    ["quarterdeck build && quarterdeck publish --check && ./upload", "upload only what is without fault"],
  ],
});
