import { z } from "zod";
import { sourceConfig } from "../../collectors/registry.ts";
import { controlSettings } from "../controls/settings.ts";
import { linearPattern, referenceProblem } from "./pattern.ts";
import { cronExpression, day, duration, languageTag, name, secret, serverAddress, timeZone } from "./scalars.ts";

export const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;

/** The usual ones of a domain, and what machines make up for themselves. */
const SHARED_ADDRESSES = [
  ...["noreply@*", "no-reply@*", "root@*", "admin@*", "info@*", "support@*"],
  ...["*@localhost", "*@*.local", "*@*.localdomain"],
];

const ownership = z
  .strictObject({
    service: name.describe("Name of a service below."),
    from: day.optional().describe("First day of ownership; left out = always."),
    until: day.optional().describe("First day no longer owned; left out = still."),
  })
  .refine(({ from, until }) => !from || !until || from < until, {
    path: ["until"],
    error: "expected a day after `from`",
  })
  .transform(({ service, from, until }) => ({ service, from: from ?? null, until: until ?? null }));

const wholeOwnership = name.transform((service) => ({ service, from: null, until: null }));

const team = z.strictObject({
  title: name.optional().describe("Name to show; left out = the key."),
  owns: z
    .array(z.union([wholeOwnership, ownership]))
    .prefault([])
    .describe("Services, by name or with dates."),
});

const oneOrMore = z.union([name.transform((one) => [one]), z.array(name).min(1)]);

const service = z.strictObject({
  title: name.optional().describe("Name to show; left out = the key."),
  repository: name.optional().describe("Repository it is built from, as the source names it."),
  paths: z
    .array(name)
    .default([])
    .describe(
      "Folders or patterns of the repository that belong to it; none = the whole repository. `*` matches anything, slashes too.",
    ),
  shared_paths: z
    .array(name)
    .default([])
    .describe("Folders or patterns that belong to every service of the repository."),
  pagerduty: oneOrMore
    .optional()
    .describe("Services of PagerDuty that stand for it, by name or id; one or a list."),
  servicenow: oneOrMore
    .optional()
    .describe("Configuration items of ServiceNow that stand for it, by name or sys_id; one or a list."),
  tier: z.int().min(1).max(5).optional().describe("1 = most critical."),
  regulated: z.array(name).default([]).describe("Regulated scopes it falls under, such as sox or pci."),
  upstream: z.array(name).default([]).describe("Services that it depends on."),
  active_from: day
    .optional()
    .describe(
      "First day of the service: from then on its deployments are completely known. Left out = from its first known deployment.",
    ),
  retired_at: day.optional().describe("First day it no longer ran."),
});

const environment = z.strictObject({
  kind: z
    .enum(["production", "staging", "test", "development"])
    .describe("What it is for. Only production counts for the metrics."),
  names: z.array(name).default([]).describe("Further names that sources use for it."),
  rank: z.int().optional().describe("Promotion rank: lower is earlier."),
  wave: name
    .optional()
    .describe("Copies of one environment share this name: a deployment to all of them counts once."),
});

/** Whose decision something is: optional, and shown as not recorded where it is missing. */
const decision = {
  by: name.optional().describe("Who decided it."),
  at: day.optional().describe("Day on which it was decided."),
};

const identityRule = z
  .strictObject({
    source: name.optional().describe("Only logins of this source; left out = of all."),
    login: linearPattern.describe(
      "Regular expression (RE2: no look-around, so that none takes long) for the whole of a login or address, in any case.",
    ),
    is: name.describe(
      "What stands for the same person: an address, login or id of a person record. `\\1` is what the first group matched.",
    ),
  })
  .superRefine(({ login, is }, context) => {
    const message = referenceProblem(login, is);
    if (message !== undefined) context.addIssue({ code: "custom", path: ["is"], message });
  });

const people = z.strictObject({
  rules: z
    .array(identityRule)
    .default([])
    .describe(
      "Which logins are whose, where addresses and person records do not say. A person record goes before a rule.",
    ),
  bots: z
    .array(
      z.strictObject({
        login: name.describe("Login of a bot or service account; `*` matches anything."),
        owner: name.describe("Who answers for it: a person or a team."),
      }),
    )
    .default([])
    .describe("Bots and service accounts beside those that sources call so."),
  shared_addresses: z
    .array(name)
    .default(SHARED_ADDRESSES)
    .describe("Addresses that are nobody's own and so say nothing of who somebody is; `*` matches anything."),
});

const metrics = z.strictObject({
  observation_window: duration("How long after a deployment its outcome is still pending.", "7d"),
  wave_gap: duration("Longest pause between two copies of an environment within one wave.", "6h"),
  incident_window: duration(
    "How long after a deployment an incident of the same service may be linked to it without any reference.",
    "24h",
  ),
  link_threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("Links between incident and deployment count from this confidence on."),
  rolling_window: duration("Length of the rolling windows, counted back from the as-of instant.", "90d"),
  failure_signal: z
    .enum(["incidents", "rollbacks_and_hotfixes"])
    .default("incidents")
    .describe(
      "`rollbacks_and_hotfixes` declares that these are the complete signal, so that an outcome is known without an incident source.",
    ),
  rework_labels: z
    .array(name)
    .default(["hotfix"])
    .describe(
      "Labels of a deployment or change that state unplanned work; `Hotfix` and `hotfix` are the same.",
    ),
  rework_branches: z
    .array(name)
    .default(["hotfix/*"])
    .describe("Patterns of branches that state unplanned work; `refs/heads/` before a name does not matter."),
  exclude_deployments: z
    .array(
      z.strictObject({
        id: name.describe("Id of the deployment, as its source gives it or as the product shows it."),
        reason: name.describe("Printed wherever the exclusion acts."),
        ...decision,
      }),
    )
    .default([])
    .describe("Deployments that must not count."),
  exclude_changes: z
    .array(
      z.strictObject({
        subject: name.describe("Pattern of titles; `*` matches anything."),
        reason: name.describe("Printed wherever the exclusion acts."),
        ...decision,
      }),
    )
    .default([])
    .describe("Changes that must not count, such as version bumps."),
});

/** Queries compare in lower case; `*` matches slashes too. */
const pathPatterns = (defaults: readonly string[], description: string) =>
  z
    .array(name)
    .default([...defaults])
    .describe(`${description} \`*\` matches anything, slashes too; capitals do not matter.`);

const patterns = z.strictObject({
  false_discovery_rate: z
    .number()
    .gt(0)
    .max(0.25)
    .default(0.05)
    .describe(
      "Of what is called a pattern, at most this share may be chance: the limit for q (Benjamini-Hochberg).",
    ),
  minimum_deployments: z
    .int()
    .min(2)
    .default(20)
    .describe(
      "Deployments with known outcome that each of the two groups compared needs; below, nothing is tested.",
    ),
  minimum_expected: z
    .number()
    .min(1)
    .default(5)
    .describe(
      "Failures that each of the two groups would have if the attribute meant nothing; below, nothing is tested.",
    ),
  relevant_risk: z
    .number()
    .gt(1)
    .default(2)
    .describe(
      "Relative risk that would matter. What was tested and not found is called so only where the 95 % interval leaves it out; else there is not enough evidence.",
    ),
  migration_paths: pathPatterns(
    [
      "*migration*",
      "*flyway*",
      "*liquibase*",
      "*alembic*",
      "*db/changelog*",
      "*schema.rb",
      "*schema.sql",
      "*structure.sql",
    ],
    "Files whose change is a migration of data.",
  ),
  migration_labels: z
    .array(name)
    .default(["migration"])
    .describe("Labels of changes that say the same; patterns."),
  configuration_paths: pathPatterns(
    [
      ...["*.yaml", "*.yml", "*.properties", "*.toml", "*.ini", "*.conf", "*.env", "*.tf", "*.tfvars"],
      ...["*appsettings*.json", "config/*", "*/config/*", "*/configuration/*"],
    ],
    "Files that hold configuration. Those of dependencies below are none.",
  ),
  dependency_paths: pathPatterns(
    [
      ...[
        "*.lock",
        "*dependencies.lock",
        "*package.json",
        "*package-lock.json",
        "*npm-shrinkwrap.json",
        "*pnpm-lock.yaml",
      ],
      ...[
        "*pom.xml",
        "*build.gradle",
        "*build.gradle.kts",
        "*gradle/libs.versions.toml",
        "*go.mod",
        "*go.sum",
        "*cargo.toml",
      ],
      ...[
        "*requirements*.txt",
        "*pyproject.toml",
        "*gemfile",
        "*packages.config",
        "*directory.packages.props",
        "*.csproj",
      ],
    ],
    "Files that name dependencies: a change of nothing else is an update of them.",
  ),
  dependency_labels: z
    .array(name)
    .default(["dependencies"])
    .describe("Labels of changes that say the same; patterns."),
  dependency_branches: z
    .array(name)
    .default(["dependabot/*", "renovate/*"])
    .describe("Patterns of branches that say the same; `refs/heads/` before a name does not matter."),
});

/** As queries/metrics/benchmark_industry.sql has them. */
export const INDUSTRIES = [
  "All industries",
  "Retail/Consumer/e-Commerce",
  "Media & Entertainment",
  "Non-profit",
  "Technology",
  "Telecommunications",
  "Other",
  "Education",
  "Financial Services",
  "Healthcare & Pharmaceuticals",
  "Energy",
  "Government",
  "Insurance",
  "Industrials & Manufacturing",
] as const;

const strength = (preset: number, description: string) =>
  z.number().min(0).max(1).default(preset).describe(description);

const links = z.strictObject({
  named: strength(
    0.85,
    "Strength of a reference that stands in a title, description, note, link or review, and is not stated as the cause.",
  ),
  rollback: strength(0.9, "Strength where the deployment was rolled back while the incident was open."),
  revert: strength(
    0.85,
    "Strength where a change of the deployment was reverted while the incident was open.",
  ),
  fix: strength(0.85, "Strength where a fix names both the incident and a change of the deployment."),
  same_service: strength(
    0.9,
    "Strength where the incident began as a deployment of its service went live and chance has no part in it; it fades with time.",
  ),
  upstream: strength(0.5, "The same for a service that the incident's service depends on."),
  release_train: strength(
    0.45,
    "The same for another service that went out in one release train with the incident's service.",
  ),
  half_life: duration(
    "After how long half of the incidents that come from a deployment have begun. By time alone a deployment counts until its strength falls below `metrics.link_threshold`: 7 h 16 min by default where a service is deployed twice a week or more often, up to 11 h 17 min where it hardly ever is.",
    "4h",
  ),
  chance: z
    .number()
    .positive()
    .max(1000)
    .default(3.3)
    .describe(
      "How much chance weighs: so many times how often a service is deployed stands against the delay. The higher, the sooner a deployment is too long ago; 1 = a wrong link is as bad as a missed one.",
    ),
  cause_labels: z
    .array(name)
    .default(["caused-by:*"])
    .describe(
      "Labels of incidents that state a cause; what `*` stands for names it. Capitals do not matter.",
    ),
  rejected_labels: z
    .array(name)
    .default(["not-caused-by:*"])
    .describe("Labels that reject a deployment as the cause; what `*` stands for names it."),
  no_change_labels: z
    .array(name)
    .default(["not-a-change", "no-change"])
    .describe("Labels that say that no deployment caused it."),
});

const incidentClass = z.strictObject({
  words: z.array(name).default([]).describe("Further words that incident tools use for the class."),
  outside: z
    .boolean()
    .default(false)
    .describe(
      "Whether no deployment is to blame, as where a provider fails or a certificate runs out: that a deployment was near in time then says nothing.",
    ),
});

const STEPS = [
  "request",
  "review",
  "tests",
  "staging",
  "approval",
  "production",
  "validation",
  "post_review",
] as const;

const path = (steps: readonly (typeof STEPS)[number][], type: string) =>
  z
    .array(z.enum(STEPS))
    .refine((listed) => new Set(listed).size === listed.length, "expected each step once")
    .default([...steps])
    .describe(`Steps of ${type}, in order; an empty list = none is required.`);

const paths = z.strictObject({
  normal: path(
    ["request", "review", "tests", "staging", "approval", "production", "validation"],
    "normal changes",
  ),
  standard: path(
    ["review", "tests", "staging", "production", "validation"],
    "standard changes, which a template approves beforehand",
  ),
  emergency: path(["request", "approval", "production", "post_review"], "emergency changes"),
  no_request: path(
    ["review", "tests", "production", "validation"],
    "deployments that name no change request; whether they must, POP-01 asks",
  ),
});

const tickets = z.strictObject({
  vendor_statuses: z
    .array(name)
    .default(["waiting for vendor", "waiting for supplier", "waiting for third party", "waiting on third party"])
    .describe("Statuses in which a ticket waits for somebody outside; `*` matches anything, capitals do not matter."),
  regulatory_labels: z
    .array(name)
    .default(["regulatory", "regulatory:*", "regulation:*"])
    .describe(
      "Labels of tickets that a law, standard or order asks for; what `*` stands for names it. Capitals do not matter.",
    ),
});

const judgement = z.strictObject({
  what: name.describe("What was decided."),
  reason: name.optional().describe("Why."),
  ...decision,
});

const annotation = z
  .strictObject({
    text: name.describe("What happened, in words. They stand on pages and in PDFs: write no names of people."),
    from: day.describe("Day on which it happened or began."),
    until: day.optional().describe("First day on which it was over; left out = it happened on one day."),
    kind: z
      .enum(["reorganisation", "tool change", "freeze", "other"])
      .default("other")
      .describe("What kind of thing it was; charts say this word, or the first of `text` where it is `other`."),
    team: name.optional().describe("Team that it concerns, with what it owned then."),
    service: name.optional().describe("Service that it concerns. Neither team nor service = everybody."),
  })
  .refine(({ from, until }) => !until || from < until, { path: ["until"], error: "expected a day after `from`" })
  .refine(({ team, service }) => !team || !service, {
    path: ["service"],
    error: "expected a team or a service, not both; write two annotations",
  });

const audienceFolder = (who: string) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: "expected the name of a folder: lower-case letters, digits and -" })
    .optional()
    .describe(`Folder below \`output\` for ${who}; left out = there is none.`);

const audiences = z
  .strictObject({
    leadership: audienceFolder("who leads: figures, risk and adherence, without names of people and without what people wrote"),
    teams: audienceFolder("teams: also rows, releases, deployments, incidents and retrospectives, with names of people masked"),
    audit: audienceFolder("auditors: everything, packs included, with people as `people` says"),
  })
  .refine((of) => Object.values(of).some((folder) => folder !== undefined), {
    error: "expected a folder for `leadership`, `teams` or `audit`",
  })
  .refine((of) => new Set(Object.values(of)).size === Object.keys(of).length, {
    error: "expected a folder of its own for each audience",
  });

const publish = z
  .strictObject({
  people: z
    .enum(["hidden", "pseudonyms", "names"])
    .default("hidden")
    .describe("Whether people appear on pages, `pseudonyms` being those of the person records. Packs do not follow it: they name people unless `publish.pseudonyms` names a key."),
  packs: z
    .enum(["none", "latest", "all"])
    .default("none")
    .describe(
      "Release packs that `build` writes beside the pages: of the last release of each service that went live, or of all.",
    ),
  pseudonyms: name
    .optional()
    .describe(
      "Key file, relative to this file, with which people in packs are given pseudonyms; left out = packs name people, whatever `publish.people` says. Not under version control, nor in the output folder. See privacy.md.",
    ),
  audiences: audiences
    .optional()
    .describe(
      "One site for each audience, in a folder of its own, which holds nothing that its readers may not see; left out = one site that has everything. See audiences.md.",
    ),
  title: name.optional().describe("Title of the site; left out = the organisation."),
  url: serverAddress
    .optional()
    .describe("Where the site is published, such as https://delivery.example.com/figures/: the feed of releases then has whole addresses. Pages never need it."),
  locale: languageTag
    .optional()
    .describe(
      "How pages write numbers, dates and months, and which day a week begins with, such as de-DE or en-US; left out = as in packs, or as the catalogue's language has it. Packs and data files stay as they are.",
    ),
  catalogue: z
    .strictObject({
      file: name.describe("File of the translation, JSON or YAML, relative to this file."),
      language: languageTag.describe("Language that it is in, such as de."),
    })
    .optional()
    .describe("Translation of what pages say; left out = English. `quarterdeck catalogue` writes one to begin with. See translating.md."),
  industry: z
    .enum(INDUSTRIES)
    .default("All industries")
    .describe("Industry of the benchmark, as DORA names it."),
})
  .refine(({ packs, audiences: of }) => packs === "none" || of === undefined || of.audit !== undefined, {
    path: ["packs"],
    error: "expected `none`, or a folder for the audience `audit`: nobody else may see packs",
  });

const schedule = z.strictObject({
  default: cronExpression
    .optional()
    .describe(
      "When sources are read that have no `schedule` of their own; left out = such are not read on a schedule.",
    ),
  jitter: duration(
    "Sources start up to so much later than they are due, each always by the same, so that not all ask at once.",
    "0s",
  ),
  build: z
    .boolean()
    .default(true)
    .describe(
      "Whether to write the site, and what `publish.packs` asks for, after a round that brought something.",
    ),
  health_file: z
    .string()
    .min(1)
    .default("quarterdeck-health.json")
    .describe("File that says how each source fares, relative to this file."),
  notice: z
    .strictObject({
      url: secret("Address that a notice of each failure is sent to, as JSON: a webhook."),
    })
    .optional(),
  exit_after_failures: z
    .int()
    .min(1)
    .optional()
    .describe("After so many failures of a source in a row the process ends with 2; left out = never."),
});

/** Stands in commands that auditors type, so no shell may read more into it. */
const plainWord = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9@._+-]{0,99}$/, {
  error: "expected letters, digits and @ . _ + - only",
});

const signing = z.strictObject({
  key: name.describe(
    "Ed25519 key: a private key file without passphrase, relative to this file; or a public key file, or `agent:SHA256:...` as `ssh-add -l` prints it, whose private half ssh-agent holds.",
  ),
  identity: plainWord.describe("Who signs, as the auditor's list of allowed signers names it, such as audit@example.com."),
  namespace: plainWord
    .default("release-evidence")
    .describe("What the signature is for, so that it cannot be taken for one of something else."),
});

const KEPT = "expected how long, such as 7 years, 18 months or 90 days, or forever";

/** What is called a record class in retention schedules. */
const retentionClass = z.strictObject({
  keep: z
    .string({ error: KEPT })
    .regex(/^(?:[1-9]\d{0,3} (?:day|month|year)s?|forever)$/, { error: KEPT })
    .describe("How long records of the class are kept, counted from the last that they tell of: `7 years`, `18 months`, `90 days` or `forever`."),
  basis: name.describe("By which rule or law, in words; printed wherever records are disposed of."),
  sources: z.array(name).default(["*"]).describe("Sources whose records belong to it; `*` matches anything."),
  streams: z
    .array(name)
    .default(["*"])
    .describe("Streams (kinds of record) that belong to it, as the data page names them; `*` matches anything. What belongs to several classes is kept as long as the longest says."),
});

/** Kept as long as what auditors of listed companies must keep; nothing is disposed of unless somebody says so. */
export const DEFAULT_RETENTION = {
  "delivery records": {
    keep: "7 years",
    basis: "Preset of Quarterdeck, as long as 17 CFR 210.2-06 asks of records of audits; write your own schedule instead",
  },
};

/** quarterdeck.yaml: validator, JSON Schema for editors and reference page at once. */
export const configSchema = z.strictObject({
  organisation: name.describe("Name of the organisation."),
  time_zone: timeZone.default("UTC").describe("Time zone in which days, weeks and quarters are cut."),
  quarter_start: z.enum(MONTHS).default("january").describe("First month of the business year."),
  database: z.string().min(1).default("quarterdeck.duckdb").describe("Database file, relative to this file."),
  database_memory: z
    .string()
    .regex(/^[1-9]\d*(\.\d+)?(MB|GB)$/, { error: "expected an amount of memory such as 2GB or 500MB" })
    .optional()
    .describe(
      "Most memory that the database may take, such as 8GB; what needs more goes to disk. Left out = three quarters of what the machine or container has, 4GB at most.",
    ),
  page_threads: z
    .int()
    .min(1)
    .max(2)
    .optional()
    .describe(
      "Threads that make the pages of a site, 1 or 2; a second takes up to 1 GB of memory. Left out = 2 for large sites, where the machine or container has two processors and 4 GB.",
    ),
  output: z
    .string()
    .min(1)
    .default("public")
    .describe("Folder for the site and packs, relative to this file."),
  queries: z
    .string()
    .min(1)
    .default("queries")
    .describe("Folder of your own queries; files there add to or replace those of the product."),
  teams: z.record(name, team).prefault({}).describe("Teams and what they own."),
  services: z.record(name, service).prefault({}).describe("Services."),
  environments: z
    .record(name, environment)
    .prefault({ production: { kind: "production", names: ["prod"] } })
    .describe("Environments and what they are for."),
  sources: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_-]*$/, "expected lower-case letters, digits, - and _"),
      sourceConfig,
    )
    .prefault({})
    .describe("Where data comes from."),
  signing: signing
    .optional()
    .describe(
      "Key that packs are signed with; left out = they are drafts. Who checks a pack needs the public key from you, by another way than the pack. See verify-a-pack.md.",
    ),
  retention: z
    .record(name, retentionClass)
    .prefault(DEFAULT_RETENTION)
    .describe("How long which records are kept: class -> time, rule and what belongs to it. What belongs to no class is kept for ever. See archive.md."),
  archives: z
    .array(name)
    .min(1)
    .default(["archives"])
    .describe(
      "Folders of archives, relative to this file. `quarterdeck archive` writes to the first; what was disposed of is read from all of them. See archive.md.",
    ),
  schedule: schedule
    .prefault({})
    .describe("What `quarterdeck schedule` does. Times are those of the organisation's time zone."),
  people: people.prefault({}).describe("Who is who: how logins become people. See people.md."),
  metrics: metrics.prefault({}).describe("Options of the metrics."),
  links: links
    .prefault({})
    .describe(
      "How incidents find the deployments they may come from: what each kind of evidence is worth. See incident-links.md.",
    ),
  incident_classes: z
    .record(name, z.union([z.array(name), incidentClass]))
    .prefault({})
    .describe(
      "The standard list of causes of incidents: class -> further words that incident tools use for it, or these under `words` and more. Empty = no list, every word counts. Capitals do not matter.",
    ),
  patterns: patterns
    .prefault({})
    .describe(
      "Options of the risk patterns: which habits go with failed deployments, and when there is enough to say so.",
    ),
  controls: z
    .record(z.string().regex(/^[A-Z][A-Z0-9]*-[0-9]{2,}$/, "expected the id of a control, such as AUT-01"), controlSettings)
    .prefault({})
    .describe("Controls of the process: switched off, set otherwise, or kept to a scope. See controls.md."),
  paths: paths
    .prefault({})
    .describe("Which steps a release must take, by type of change; what it took is held against it."),
  tickets: tickets.prefault({}).describe("What statuses and labels of tickets say of planning. See practices.md."),
  judgements: z
    .array(judgement)
    .default([])
    .describe(
      "Decisions of people that have no key of their own; listed on the data page, with no effect on figures.",
    ),
  annotations: z
    .array(annotation)
    .default([])
    .describe("What happened beside the figures, such as a reorganisation: marked on trends, listed below them and in retrospectives."),
  publish: publish.prefault({}).describe("What pages and PDFs show."),
});

export type Config = z.output<typeof configSchema>;
