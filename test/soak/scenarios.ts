import { clocks } from "./commands/clocks.ts";
import { commandKills } from "./commands/kills.ts";
import { evidence } from "./evidence/seeds.ts";
import { files } from "./files/seeds.ts";
import { githubKills } from "./github/kills.ts";
import { github } from "./github/seeds.ts";
import { gitlab } from "./gitlab/seeds.ts";
import { jira } from "./jira/seeds.ts";
import { pagerduty } from "./pagerduty/seeds.ts";
import { runnerKills } from "./runner/kills.ts";
import { runner } from "./runner/seeds.ts";
import { servicenow } from "./servicenow/seeds.ts";
import { sizes } from "./sizes.ts";
import { tamper } from "./tamper/seeds.ts";
import type { Scenario } from "./scenario.ts";

/** Everything that `npm run soak` goes through. Each has its file of tests, which `npm test` runs. */
export const SCENARIOS: readonly Scenario[] = [
  runner,
  runnerKills,
  github,
  githubKills,
  gitlab,
  jira,
  pagerduty,
  servicenow,
  files,
  evidence,
  tamper,
  commandKills,
  clocks,
  sizes,
];
