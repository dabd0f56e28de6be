import { defineCommand } from "../command.ts";

export const demo = defineCommand({
  name: "demo",
  summary: "Build the site of a made-up company, to see what you get.",
  description: "Makes two years of data of a company that does not exist, collects it and builds its site.",
  positionals: [{ name: "folder", description: "Where to put it; left out = quarterdeck-demo here." }],
  options: {
    events: { type: "boolean", description: "The same company, from CDEvents instead of exports." },
  },
  examples: [["quarterdeck demo", "make the demo in ./quarterdeck-demo"]],
});
