import type { Collector } from "../contract.ts";
import { check } from "./check.ts";
import { documentedIn, gitConfig } from "./config.ts";
import { plan } from "./plan.ts";
import { commit } from "./streams/commit.ts";
import { ref } from "./streams/ref.ts";
import { runbook } from "./streams/runbook.ts";

/**
 * Local clones, bare repositories and bundles: commits, main line and tags, and revisions of runbooks. References come first: commits
 * that appear in between are one run early, never missing.
 */
export const git: Collector<typeof gitConfig> = {
  name: "git",
  configSchema: gitConfig,
  streams: (config) => (documentedIn(config).length > 0 ? [ref, commit, runbook] : [ref, commit]),
  plan,
  check,
};
