import { z } from "zod";
import { day, duration, secret, serverAddress } from "../../src/config/scalars.ts";
import { completeness } from "../completeness.ts";

const path = z
  .string()
  .regex(/^[^/\s]+(\/[^/\s]+)*$/, "expected the path of a group or project, such as acme/payments");

const pattern = z
  .string()
  .regex(/^[^\s/][^\s]*$/, "expected a name or path, with * for anything, such as acme/pay-*");

const labels = (description: string) => z.array(z.string().min(1)).default([]).describe(description);

const incident = z.strictObject({
  labels: labels("Issues with one of these labels are incidents too; without regard to case."),
  acknowledged_labels: labels(
    "Labels that are put on when somebody takes an incident: the first time counts.",
  ),
  mitigated_labels: labels("Labels that are put on when users no longer feel it: the first time counts."),
});

export const gitlabConfig = z
  .strictObject({
    collector: z.literal("gitlab"),
    url: serverAddress.default("https://gitlab.com").describe("Address of the instance, without /api/v4."),
    token: secret("Access token with the scope read_api."),
    groups: z
      .array(path)
      .default([])
      .describe("Groups of which all projects are read that the token sees, those of subgroups included."),
    projects: z.array(path).default([]).describe("Further projects, by their whole path."),
    include: z
      .array(pattern)
      .default(["*"])
      .describe("Only projects of the groups whose name, or whole path, fits one of these."),
    exclude: z.array(pattern).default([]).describe("Projects that are left out, whatever else names them."),
    archived: z.boolean().default(true).describe("Whether archived projects are read."),
    forks: z.boolean().default(false).describe("Whether forks are read."),
    since: day
      .optional()
      .describe("What did not change since this day (UTC) is left out; left out = everything is read."),
    lag: duration("How far back each run looks again: what became visible late is found there.", "10m"),
    paths: z
      .boolean()
      .default(true)
      .describe(
        "Whether to read which paths each merge request touches: one request each. Needed where services of one project are told apart by `paths`.",
      ),
    approvals: z
      .enum(["production", "all", "none"])
      .default("production")
      .describe(
        "Deployments of which is read who approved them: one request each. `production` = those to environments of that tier.",
      ),
    pipelines: z
      .enum(["deployed", "all", "none"])
      .default("deployed")
      .describe(
        "Pipelines whose jobs are read: two requests each. `deployed` = those that deployed; the others are only listed.",
      ),
    issues: z
      .enum(["all", "incidents", "none"])
      .default("all")
      .describe("Issues that are read: incidents, and with `all` the others as tickets."),
    incident: incident.prefault({}).describe("What is an incident, and what its labels say."),
    complete: z.array(completeness).default([]).describe("What is everything there is of its kind."),
  })
  .refine(({ groups, projects }) => groups.length + projects.length > 0, {
    path: ["groups"],
    error: "expected a group here, or something under projects",
  });

export type GitLabConfig = z.output<typeof gitlabConfig>;
