import { z } from "zod";
import { duration, name, secret, serverAddress } from "../../src/config/scalars.ts";
import { completeness } from "../completeness.ts";

const pattern = z
  .string()
  .regex(/^[\w.*-]+(\/[\w.*-]+)?$/, "expected a name or owner/name, with * for anything, such as acme/pay-*");

const fullName = z.string().regex(/^[\w.-]+\/[\w.-]+$/, "expected owner/name, such as acme/payments");

const app = z.strictObject({
  id: z.number().int().positive().describe("Number of the App."),
  installation: z.number().int().positive().describe("Number of its installation in the organisation."),
  private_key: secret("Private key of the App, in PEM form."),
});

const pipelines = z.strictObject({
  runs: z.boolean().default(true).describe("Whether the runs of workflows are read, each attempt by itself: one request for 100."),
  window: duration(
    "How far before the newest run each collection looks again: GitHub lets a run be repeated for 30 days.",
    "31d",
  ),
  kept: duration(
    "How long GitHub is sure to keep runs: 400 days on github.com. Of older ones nothing is compared, so what expires there stays here.",
    "365d",
  ),
  jobs: z
    .enum(["all", "failed", "none"])
    .default("failed")
    .describe(
      "Attempts whose jobs are read, with their steps: one request each. With all of them, the wait for a runner is known of every attempt.",
    ),
  workflows: z
    .array(z.string().min(1))
    .default(["*"])
    .describe("Workflows whose jobs are read, by name; * stands for anything, such as deploy*."),
});

const deliveries = z.strictObject({
  paths: z
    .array(z.string().min(1))
    .min(1)
    .describe(
      "Files or globs, relative to quarterdeck.yaml: NDJSON, or one delivery in each file that ends in .json; .gz is unpacked.",
    ),
  webhook_secret: secret("Secret of the webhook: what is signed with another one is rejected.").optional(),
});

export type Deliveries = z.output<typeof deliveries>;

export const githubConfig = z
  .strictObject({
    collector: z.literal("github"),
    url: serverAddress
      .default("https://api.github.com")
      .describe("Address of the API. Of an Enterprise Server: https://<host>/api/v3."),
    token: secret("Token that reads the repositories.").optional(),
    tokens: z
      .array(secret("Token that reads the repositories."))
      .min(1)
      .optional()
      .describe("Several tokens of the same reach: the one with most points left is used."),
    app: app.optional().describe("A GitHub App that is installed in the organisation, instead of a token."),
    organisations: z
      .array(name)
      .default([])
      .describe("Organisations or people of whom all repositories are read that the token sees."),
    repositories: z.array(fullName).default([]).describe("Further repositories, as owner/name."),
    include: z
      .array(pattern)
      .default(["*"])
      .describe("Only repositories of the organisations whose name, or owner/name, fits one of these."),
    exclude: z.array(pattern).default([]).describe("Repositories that are left out, whatever else names them."),
    archived: z.boolean().default(true).describe("Whether archived repositories are read."),
    forks: z.boolean().default(false).describe("Whether forks are read."),
    branches: z
      .array(z.string().min(1))
      .default(["release/*", "release-*", "releases/*", "hotfix/*"])
      .describe(
        "Branches, beside the main line, whose commits are read: those from which is deployed. * stands for anything.",
      ),
    paths: z
      .boolean()
      .default(false)
      .describe(
        "Whether to read which paths each pull request touches. Needed where services of one repository are told apart by `paths`.",
      ),
    rules: z
      .boolean()
      .default(true)
      .describe(
        "Whether to read rulesets, who bypassed them, and branch protection. Needs the permission Administration: read.",
      ),
    checks: z
      .enum(["none", "pull_requests", "all"])
      .default("none")
      .describe(
        "Commits of which is read what apps checked: those that were merged, with `all` also those that were deployed. About 0.02 points each. Needs the permission Checks: read, which fine-grained tokens cannot have.",
      ),
    incident_labels: z
      .array(z.string().min(1))
      .default([])
      .describe("Issues with one of these labels are incidents; without regard to case."),
    deployment_window: duration(
      "How far before the newest deployment each run looks again. One that is not yet finished is always looked at again.",
      "14d",
    ),
    pipelines: pipelines.prefault({}).describe("Runs of workflows, and what is read of them."),
    reserve: z
      .number()
      .int()
      .min(0)
      .default(200)
      .describe("Points of each hour that are left to others who use the same token."),
    deliveries: deliveries
      .optional()
      .describe("Deliveries of webhooks that were saved as files: instead of asking GitHub, or beside it."),
    max_points: z.number().int().positive().optional().describe("Points after which a run stops, REST requests that GitHub counts included; the next goes on."),
    complete: z.array(completeness).default([]).describe("What is everything there is of its kind."),
  })
  .superRefine((config, context) => {
    const given = [config.token, config.tokens, config.app].filter((one) => one !== undefined).length;
    const isMeant = config.organisations.length + config.repositories.length > 0;
    if (given > 1 || (given === 0 && (!config.deliveries || isMeant)))
      context.addIssue({ code: "custom", path: ["token"], message: `expected one of token, tokens and app${orNone(config)}` });
    if (!isMeant && (given > 0 || !config.deliveries))
      context.addIssue({
        code: "custom",
        path: ["organisations"],
        message: "expected an organisation here, or something under repositories",
      });
  });

const orNone = ({ deliveries: files }: { readonly deliveries?: unknown }): string =>
  files === undefined ? "" : ", or neither these nor organisations and repositories: then only deliveries are read";

export type GitHubConfig = z.output<typeof githubConfig>;

/** Whether GitHub is asked. Else everything comes from deliveries. */
export const isPolled = ({ organisations, repositories }: GitHubConfig): boolean =>
  organisations.length + repositories.length > 0;
