import { defineCommand } from "../command.ts";

export const catalogue = defineCommand({
  name: "catalogue",
  summary: "Begin a translation of the pages, or list what it lacks.",
  description:
    "Writes all that pages say, in English, into a file that is not there yet: translate its messages and name it under " +
    "`publish.catalogue`. A file that is there is checked as a whole, and the messages that it lacks are printed as JSON to add to it. " +
    "Exit code 0: nothing is missing; 1: messages are missing; 2: something is wrong with the file. See docs/translating.md.",
  positionals: [{ name: "file", description: "The translation; left out = that of `publish.catalogue`." }],
  options: {},
  examples: [
    ["quarterdeck catalogue words/de.json", "begin a translation"],
    ["quarterdeck catalogue", "what the configured translation lacks"],
  ],
});
