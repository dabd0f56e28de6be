import { defineCommand } from "../command.ts";

export const schedule = defineCommand({
  name: "schedule",
  summary: "Read sources when their cron expressions say, and build.",
  description:
    "Reads each source when its `schedule` in quarterdeck.yaml says, one after the other, then writes the site; goes on until it is ended " +
    "(SIGTERM or SIGINT: the page that is being read is stored, then exit code 0; a second one ends it at once). What was due while it did not " +
    "run is made up for by one run. A failure is said, sent as a notice and tried again when the source is next due. Other commands can " +
    "use the database between runs.",
  positionals: [],
  options: {
    once: {
      type: "boolean",
      description: "Read what is due now, build, and end, with the exit code of `collect`: for a scheduler of your own. Without jitter.",
    },
    "check-health": {
      type: "string",
      value: "age",
      description:
        "Read nothing: say how each source fares, and end with 1 where one should have started longer ago than this (such as 2h) and did not. " +
        "One that fails is said, but is not overdue.",
    },
  },
  examples: [
    ["quarterdeck schedule", "keep the site current"],
    ["quarterdeck schedule --once", "in a CronJob or timer"],
    ["quarterdeck schedule --check-health 2h", "in a liveness probe"],
  ],
});
