import { z } from "zod";
import { day, duration, name, secret, serverAddress } from "../../src/config/scalars.ts";
import { completeness } from "../completeness.ts";
import { fields } from "./fields.ts";

/** Conditions that stand beside ours: what starts anew or sorts would undo them. */
const query = (fallback: string) =>
  z
    .string()
    .regex(
      /^(?!\^)(?!.*(\^NQ|ORDERBY|GROUPBY|\^EQ)).*$/,
      "expected an encoded query without ^NQ, ^EQ, ORDERBY and GROUPBY",
    )
    .default(fallback)
    .describe("Only records for which this encoded query holds, as `Copy query` of a list gives it.");

const changeRequest = z.strictObject({
  query: query(""),
  fields: fields({
    title: ["short_description", "Title."],
    description: ["description", "What is done."],
    reason: ["justification", "Why it is done."],
    impact: ["risk_impact_analysis", "What it touches, also security and privacy."],
    affected_items: ["cmdb_ci", "Configuration items that it touches, separated by commas where they are several."],
    owner: ["assigned_to.user_name", "Who answers for it."],
    template: ["std_change_producer_version", "Template of a standard change, as people see it."],
    type: ["type", "Type: its value is normal, standard or emergency."],
    risk: ["risk", "Risk: 1 and 2 are high, 3 is medium, 4 is low; else its words."],
    service: ["business_service cmdb_ci", "What it changes: the first that stands for a service."],
    status: ["state", "State."],
    requested_by: ["requested_by.user_name", "Who asked."],
    created_at: ["opened_at", "When it was opened."],
    planned_start: ["start_date", "Planned start."],
    planned_end: ["end_date", "Planned end."],
    rollback_plan: ["backout_plan", "How to go back."],
    test_plan: ["test_plan", "How it is tested."],
    review_at: ["review_date", "When it was reviewed afterwards."],
    review_status: ["review_status", "What the review ended with."],
    closed_at: ["closed_at", "When it was closed."],
    close_code: ["close_code", "What it ended with."],
    approval: ["approval", "Whether it is approved as a whole."],
    board_decision: ["cab_recommendation", "What the change advisory board said."],
    incidents: ["", "Incidents that it answers, beside those that name it."],
  }),
});

const incident = z.strictObject({
  read: z
    .boolean()
    .default(true)
    .describe(
      "Whether incidents are read; not, where another tool has them: ServiceNow then says nothing of failures.",
    ),
  query: query(""),
  cancelled_states: z
    .array(z.string())
    .default(["8"])
    .describe("Values of the state of what was no incident after all."),
  resolved_states: z
    .array(z.string())
    .default(["6", "7"])
    .describe("Values of the state in which it is resolved: a time of resolution counts in these only."),
  fields: fields({
    title: ["short_description", "Title."],
    description: ["description", "What happened, in words: searched for what it names."],
    severity: ["priority", "Severity."],
    classification: ["category", "Class of cause."],
    service: ["business_service cmdb_ci", "What it hit: the first that stands for a service."],
    status: ["state", "State."],
    started_at: ["opened_at", "When it began."],
    detected_at: ["opened_at", "When it was noticed."],
    acknowledged_at: ["", "When somebody took it."],
    mitigated_at: ["", "When users no longer felt it."],
    resolved_at: ["resolved_at closed_at", "When it was resolved."],
    caused_by: ["caused_by", "What caused it: change requests, deployments, commits, separated by commas."],
    change_request: ["rfc", "The change request that is to mend it."],
    problem: ["problem_id", "The problem behind it."],
    cause: ["close_notes", "The cause in words."],
  }),
});

const approval = z.strictObject({
  query: query("sysapproval.sys_class_name=change_request"),
  fields: fields({
    change_request: ["sysapproval", "What is decided on."],
    approver: ["approver.user_name", "Who decided."],
    role: ["group.assignment_group.name", "In which role."],
    decision: ["state", "The decision: its value is approved or rejected."],
    decided_at: ["", "When; else the time of its last update, shown as derived."],
    justification: ["comments", "Why."],
  }),
});

const configurationItem = z.strictObject({
  class: z
    .string()
    .regex(/^[a-z0-9_]+$/, "expected the name of a table, such as cmdb_ci_service")
    .default("cmdb_ci_service")
    .describe("Class of the items to read, with those below it; `cmdb_ci` = all."),
  query: query(""),
  fields: fields({
    name: ["name", "Name."],
    version: ["", "Which version runs."],
    owner: ["owned_by.user_name", "Who owns it."],
  }),
});

const relation = z.strictObject({
  read: z.boolean().default(true).describe("Whether relations between items are read."),
  query: query("type.nameSTARTSWITHDepends on"),
  fields: fields({
    parent: ["parent", "What depends."],
    child: ["child", "On what."],
    type: ["type", "How."],
  }),
});

export const servicenowConfig = z
  .strictObject({
    collector: z.literal("servicenow"),
    url: serverAddress.describe("Address of the instance, such as https://acme.service-now.com."),
    user: name.optional().describe("Name of the user who reads, with `password`."),
    password: secret("Password of the user.").optional(),
    token: secret("OAuth access token, instead of user and password.").optional(),
    api_key: secret("Key for the REST API, instead of user and password.").optional(),
    since: day
      .optional()
      .describe("Change requests, approvals and incidents made before this day (UTC) are left out."),
    lag: duration("How far back each run looks again: what became visible late is found there.", "10m"),
    change_request: changeRequest.prefault({}).describe("Change requests (`change_request`)."),
    incident: incident.prefault({}).describe("Incidents (`incident`)."),
    approval: approval.prefault({}).describe("Decisions on change requests (`sysapproval_approver`)."),
    configuration_item: configurationItem.prefault({}).describe("Configuration items (`cmdb_ci`)."),
    relation: relation.prefault({}).describe("Relations between them (`cmdb_rel_ci`)."),
    complete: z.array(completeness).default([]).describe("What is everything there is of its kind."),
  })
  .refine(
    ({ user, password, token, api_key }) =>
      [user && password, token, api_key].filter(Boolean).length === 1 && !user === !password,
    { path: ["user"], error: "expected one of `user` with `password`, `token`, `api_key`" },
  );

export type ServiceNowConfig = z.output<typeof servicenowConfig>;
