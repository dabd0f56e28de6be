import { defineCommand } from "../command.ts";

export const doctor = defineCommand({
  name: "doctor",
  summary: "Say what is wrong here, and which line to add.",
  description:
    "Looks at versions, database, configuration, sources, network and at what the data names and the configuration " +
    "does not. Works before anything was collected, with a broken configuration and offline; changes nothing. Exit code 1 when " +
    "there is a problem; warnings alone end with 0.",
  positionals: [],
  options: {
    json: { type: "boolean", description: "As JSON, for another program." },
  },
  examples: [
    ["quarterdeck doctor", "look at everything"],
    ["quarterdeck doctor --json", "for another program"],
  ],
});
