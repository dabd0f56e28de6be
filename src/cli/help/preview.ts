import { defineCommand } from "../command.ts";

export const preview = defineCommand({
  name: "preview",
  summary: "Look at the built site in a browser.",
  description:
    "Serves the output folder to this machine only, until you press Ctrl-C. Not needed to publish: any file " +
    "host will do, and the site opens from its folder too.",
  positionals: [],
  options: {
    port: {
      type: "string",
      short: "p",
      value: "number",
      description: "Port; 0 = any that is free. Left out = 4477.",
    },
  },
  examples: [
    ["quarterdeck preview", "serve it on http://127.0.0.1:4477"],
    ["quarterdeck preview --port 0", "serve it on any free port"],
  ],
});
