import { z } from "zod";
import { duration, name, secret, serverAddress } from "../../src/config/scalars.ts";
import { completeness } from "../completeness.ts";

const field = name.optional();

/** What Jira keeps in custom fields: each as Jira's form names it, or by id such as customfield_10042. */
const fields = z.strictObject({
  service: field.describe("Which service an issue is about, where components do not say."),
  description: field.describe("What a change does."),
  reason: field.describe("Why it is done."),
  impact: field.describe("What it touches, also security and privacy."),
  affected_items: field.describe("Configuration items that it touches."),
  owner: field.describe("Who answers for a change; whom it is assigned to, where nothing is said."),
  template: field.describe("Id of the template of a standard change."),
  change_type: field.describe("Standard, normal or emergency."),
  risk: field.describe("Risk of a change request."),
  planned_start: field.describe("From when a change is planned."),
  planned_end: field.describe("Until when it is planned."),
  rollback_plan: field.describe("How to take a change back."),
  test_plan: field.describe("How it is tested."),
  review_at: field.describe("When it was reviewed afterwards."),
  board_decision: field.describe("What the change advisory board decided: approved, rejected."),
  board_decided_at: field.describe("When it did."),
  severity: field.describe("Severity of an incident; the priority, where nothing is said."),
  classification: field.describe("Kind of incident."),
  started_at: field.describe("When an incident began; when it was created, where nothing is said."),
  detected_at: field.describe("When it was noticed."),
  acknowledged_at: field.describe("When somebody took it on."),
  mitigated_at: field.describe("When users were well again."),
  resolved_at: field.describe("When it was over; when the issue was resolved, where nothing is said."),
  caused_by: field.describe(
    "What caused it: deployments, changes, tickets or commits, with commas or spaces between.",
  ),
  cause: field.describe("Why it happened, in words."),
  regulation: field.describe("Law, standard or order that asks for a ticket."),
});

export type Role = keyof z.output<typeof fields>;

export const kind = z.enum(["story", "bug", "task", "change_request", "incident"]);
export type Kind = z.output<typeof kind>;

export const jiraConfig = z
  .strictObject({
    collector: z.literal("jira"),
    deployment: z
      .enum(["cloud", "data_center"])
      .default("cloud")
      .describe("Jira Cloud, or a Jira Data Center of one's own."),
    url: serverAddress.describe(
      "Address of Jira, such as https://acme.atlassian.net; with OAuth https://api.atlassian.com/ex/jira/<cloud id>.",
    ),
    email: z
      .email()
      .optional()
      .describe("Cloud: whose API token it is. Left out = the token is an OAuth access token."),
    token: secret("Cloud: API token, or OAuth access token. Data Center: personal access token."),
    projects: z
      .array(name)
      .default([])
      .describe("Keys of the projects that are read; left out = all that the token may browse."),
    jql: z
      .string()
      .min(1)
      .refine(
        (text) => !/\border\s+by\b/i.test(text),
        "expected conditions only: issues are read in the order of their updates",
      )
      .optional()
      .describe("Only issues that fit this JQL as well."),
    kinds: z
      .record(name, kind)
      .default({})
      .describe("Issue type -> what it is, for types whose name does not say. Without regard to case."),
    fields: fields.prefault({}).describe("Which custom field holds what."),
    services: z
      .record(name, name)
      .default({})
      .describe(
        "Component, or value of the field `service` -> service, where the names differ. Without regard to case.",
      ),
    overlap: duration(
      "How far before the newest known update each run looks again: Jira's search finds some updates late.",
      "10m",
    ),
    complete: z.array(completeness).default([]).describe("What is everything there is of its kind."),
  })
  .superRefine((config, context) => {
    if (config.deployment === "data_center" && config.email !== undefined)
      context.addIssue({
        code: "custom",
        path: ["email"],
        message: "expected none: a personal access token of Data Center needs no e-mail address",
      });
  });

export type JiraConfig = z.output<typeof jiraConfig>;
