import { z } from "zod";
import { day, duration, secret, serverAddress } from "../../src/config/scalars.ts";
import { completeness } from "../completeness.ts";

const beginning = (description: string) =>
  z
    .string()
    .min(2, "expected the two letters or more that a note begins with")
    .max(60)
    .optional()
    .describe(`A note that begins so, without regard to case, ${description}`);

const notes = z.strictObject({
  started: beginning(
    "says when the failure began: what follows is an instant, such as 2026-01-31T10:00:00Z.",
  ),
  mitigated: beginning(
    "says that users no longer feel it: at the instant that follows, else when the note was written.",
  ),
  cause: beginning("names the cause in words."),
  caused_by: beginning("names what caused it: deployments, changes or commits, separated by commas."),
  classification: beginning("says what kind of incident it is."),
});

export const pagerdutyConfig = z.strictObject({
  collector: z.literal("pagerduty"),
  url: serverAddress
    .default("https://api.pagerduty.com")
    .describe("Address of the API. In the service region EU: https://api.eu.pagerduty.com."),
  token: secret("Key that reads the account."),
  token_kind: z
    .enum(["api_key", "oauth"])
    .default("api_key")
    .describe("`api_key` for a REST API key, `oauth` for an access token of an app."),
  since: day.optional().describe("First day to read (UTC); left out = as far back as there are incidents."),
  lag: duration("How far back each run looks again: what became visible late is found there.", "1h"),
  change_events: z
    .enum(["evidence", "ignore"])
    .default("evidence")
    .describe("What change events are: evidence of the kind `change_event`, or not read at all."),
  notes: notes.prefault({}).describe("What notes on incidents say that PagerDuty has no field for."),
  complete: z.array(completeness).default([]).describe("What is everything there is of its kind."),
});

export type PagerDutyConfig = z.output<typeof pagerdutyConfig>;
