/**
 * What can be brought in as files: the entities of the domain and their columns. This catalogue is the
 * validator of the `files` collector, the source of its reference page, and what
 * `queries/staging/files/` casts to.
 *
 * Types: `text`; `integer`; `number`; `boolean`; `timestamp` (stored as UTC); `date`; `list` (text values,
 * separated by `;` in CSV); `json` (an object, kept as it is).
 */
export type ColumnType = "text" | "integer" | "number" | "boolean" | "timestamp" | "date" | "list" | "json";

export interface Column {
  readonly type: ColumnType;
  readonly required?: true;
  /** The only values allowed, after the value map was applied. */
  readonly values?: readonly string[];
  readonly description: string;
}

export interface Entity {
  readonly description: string;
  /** Columns that together identify a row within its source. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

const text = (description: string): Column => ({ type: "text", description });
const timestamp = (description: string): Column => ({ type: "timestamp", description });
const integer = (description: string): Column => ({ type: "integer", description });
const list = (description: string): Column => ({ type: "list", description });
const date = (description: string): Column => ({ type: "date", description });
const boolean = (description: string): Column => ({ type: "boolean", description });
const number = (description: string): Column => ({ type: "number", description });
const json = (description: string): Column => ({ type: "json", description });
const oneOf = (values: readonly string[], description: string): Column => ({
  type: "text",
  values,
  description,
});
const required = (column: Column): Column => ({ ...column, required: true });

const id = required(text("The source's own identifier of the row."));
const service = text("Name of the service as in quarterdeck.yaml.");
const url = text("Where a person can look at it; http and https only are linked.");

export const entities = {
  service: {
    description: "What is deployed and owned. Services in quarterdeck.yaml win over rows of the same name.",
    key: ["name"],
    columns: {
      name: required(text("Name of the service.")),
      repository: text("Repository it is built from."),
      paths: list("Paths of the repository that belong to it; none = the whole repository."),
      shared_paths: list("Paths that belong to every service of the repository."),
      tier: integer("1 = most critical."),
      regulated: list("Regulated scopes, e.g. sox; pci."),
      upstream: list("Services that it depends on."),
      active_from: timestamp("When it came into being."),
      retired_at: timestamp("When it was switched off."),
    },
  },
  ownership: {
    description: "Which team owned a service from when until when.",
    key: ["service", "team", "owned_from"],
    columns: {
      service: required(service),
      team: required(text("Name of the team.")),
      owned_from: date("First day, in the organisation's time zone; empty = always."),
      owned_until: date("First day no longer owned; empty = still."),
    },
  },
  environment: {
    description: "Where software runs. Environments in quarterdeck.yaml win over rows of the same name.",
    key: ["name"],
    columns: {
      name: required(text("Name of the environment.")),
      kind: required(oneOf(["production", "staging", "test", "development"], "What it is for.")),
      rank: integer("Promotion rank: lower is earlier."),
      wave: text("Name shared by copies of one environment."),
      created_at: timestamp("When it was created."),
      removed_at: timestamp("When it was removed."),
    },
  },
  person: {
    description: "One human or bot behind many logins.",
    key: ["id"],
    columns: {
      id,
      display_name: text("Name to show where people are shown."),
      logins: list("Logins in any source."),
      emails: list("E-mail addresses."),
      is_bot: boolean("True for a bot or service account."),
      owner: text("Person who answers for a bot."),
      active_from: date("First day."),
      active_until: date("First day no longer active."),
      pseudonym: text("What to print instead of the name."),
    },
  },
  role_grant: {
    description: "Who held which role when.",
    key: ["person", "role", "scope", "granted_from"],
    columns: {
      person: required(text("Login, e-mail or person id.")),
      role: required(text("Name of the role.")),
      scope: text("Service, team or environment it is for; empty = everywhere."),
      granted_from: timestamp("From when."),
      granted_until: timestamp("Until when; empty = still."),
    },
  },
  ref: {
    description: "A branch or tag of a repository, as it points now.",
    key: ["repository", "name"],
    columns: {
      repository: required(text("Repository.")),
      name: required(text("Name of the branch or tag.")),
      kind: required(oneOf(["main", "branch", "tag"], "`main` is the repository's main line.")),
      sha: required(text("Commit it points to.")),
      tagged_at: timestamp("Tagger's date of an annotated tag."),
    },
  },
  commit: {
    description: "A commit. With a `ref` of kind main, containment is read from the commit graph.",
    key: ["repository", "sha"],
    columns: {
      repository: required(text("Repository.")),
      sha: required(text("Full hash.")),
      parents: list("Hashes of its parents, first parent first."),
      authored_at: timestamp("Author date."),
      committed_at: timestamp("Committer date."),
      author: text("Author's login or e-mail."),
      committer: text("Committer's login or e-mail."),
      co_authors: list("Further authors."),
      subject: text("First line of the message."),
      reverts: list("Hashes of the commits that it reverts."),
      cherry_picked_from: list("Hashes of the commits that it is a cherry-pick of."),
      closes: list("Tickets or incidents that it says it closes or fixes."),
      paths: list("Paths that it touches."),
    },
  },
  change: {
    description: "A merged pull or merge request, or a commit that reached the main line without one.",
    key: ["repository", "id"],
    columns: {
      id,
      repository: text("Repository. May be left out when `services` is given."),
      services: list("Services that it ships in; empty = by repository and paths."),
      number: text("Number of the pull request."),
      title: text("Title."),
      author: text("Author's login."),
      first_commit_at: timestamp("When its first commit was authored."),
      opened_at: timestamp("When it was opened for review."),
      first_review_at: timestamp("First review by somebody else; empty = from change_review."),
      approved_at: timestamp("First approval; empty = from change_review."),
      merged_at: timestamp("When it was merged; empty = not merged."),
      merged_by: text("Who merged it."),
      merge_sha: text("Commit by which it is on the main line."),
      merge_method: oneOf(["merge", "squash", "rebase"], "How it was merged."),
      target_branch: text("Branch it was merged into."),
      source_branch: text("Branch it came from."),
      commits: list("Hashes of its own commits."),
      commit_count: integer("Number of its commits."),
      additions: integer("Lines added."),
      deletions: integer("Lines removed."),
      files_changed: integer("Files touched."),
      paths: list("Paths that it touches."),
      labels: list("Labels."),
      reverts: list("What it reverts: change ids, numbers or commit hashes."),
      fixes: list("What it says it fixes: incident, ticket or change ids, numbers, commit hashes."),
      tickets: list("Tickets that it names."),
      url,
    },
  },
  change_review: {
    description: "A review of a change.",
    key: ["id"],
    columns: {
      id,
      change: required(text("Id of the change.")),
      repository: text("Repository of the change; needed where change ids repeat between repositories."),
      reviewer: text("Reviewer's login."),
      state: required(
        oneOf(["approved", "changes_requested", "commented", "dismissed"], "What the review said."),
      ),
      submitted_at: required(timestamp("When.")),
      sha: text("Commit that was reviewed."),
      url,
    },
  },
  pipeline_run: {
    description: "A run of a pipeline; each attempt is a row.",
    key: ["id", "attempt"],
    columns: {
      id,
      attempt: integer("1 for the first."),
      workflow: text("Name of the pipeline."),
      service,
      repository: text("Repository."),
      sha: text("Commit it ran for."),
      trigger: text("What started it."),
      actor: text("Who started it."),
      queued_at: timestamp("Queued."),
      started_at: timestamp("Started."),
      finished_at: timestamp("Finished."),
      conclusion: oneOf(["success", "failure", "cancelled", "skipped", "timed_out"], "How it ended."),
      url,
    },
  },
  pipeline_job: {
    description: "A job of a pipeline run.",
    key: ["id"],
    columns: {
      id,
      pipeline_run: required(text("Id of the run.")),
      attempt: integer("Attempt of the run."),
      name: text("Name of the job."),
      queued_at: timestamp("Queued."),
      started_at: timestamp("Started."),
      finished_at: timestamp("Finished."),
      conclusion: oneOf(["success", "failure", "cancelled", "skipped", "timed_out"], "How it ended."),
      is_manual: boolean("True where a human started or approved it."),
    },
  },
  test_result: {
    description: "What was tested for a commit or artifact.",
    key: ["id"],
    columns: {
      id,
      service,
      repository: text("Repository."),
      sha: text("Commit that was tested."),
      digest: text("Artifact that was tested."),
      environment: text("Where it ran."),
      suite: required(text("Name of the suite.")),
      kind: text("unit, integration, acceptance, smoke ..."),
      total: integer("Cases."),
      failed: integer("Failed cases."),
      skipped: integer("Skipped cases."),
      coverage: number("Line coverage, 0 to 1."),
      finished_at: timestamp("When it ended."),
      outcome: oneOf(["passed", "failed"], "How it ended; empty = passed when no case failed."),
      url,
    },
  },
  artifact: {
    description: "What was shipped.",
    key: ["id"],
    columns: {
      id,
      service,
      name: required(text("Name.")),
      version: text("Version."),
      digest: text("Digest, e.g. sha256:..."),
      kind: text("container, package, archive ..."),
      size_bytes: integer("Size."),
      built_at: timestamp("When it was built."),
      sha: text("Commit it was built from."),
      is_signed: boolean("True where a signature exists."),
      has_sbom: boolean("True where a bill of materials exists."),
      scan_outcome: text("Result of its security scan."),
      url,
    },
  },
  release: {
    description: "A named version of a service.",
    key: ["service", "version"],
    columns: {
      service: required(service),
      version: required(text("Version.")),
      tag: text("Tag."),
      sha: text("Commit."),
      title: text("Title."),
      notes: text("Release notes."),
      kind: oneOf(["strategic", "operational", "emergency"], "Class of the release."),
      train: text("Release train it was part of."),
      planned_at: timestamp("Planned."),
      published_at: timestamp("Published."),
      url,
    },
  },
  deployment: {
    description: "One attempt to put a commit or version into an environment.",
    key: ["id", "attempt"],
    columns: {
      id,
      attempt: integer("1 for the first."),
      service: required(service),
      environment: required(text("Name of the environment.")),
      repository: text("Repository, where the service has several."),
      sha: text("Commit that was deployed."),
      version: text("Version that was deployed."),
      started_at: timestamp("Started."),
      finished_at: timestamp("Finished. For a success: when it first was one."),
      status: required(
        oneOf(
          ["success", "failure", "cancelled", "skipped", "in_progress"],
          "How the attempt ended. A skipped attempt is not a deployment.",
        ),
      ),
      deployer: text("Who or what deployed."),
      pipeline_run: text("Id of the pipeline run that deployed."),
      rollback_of: text("Id of the deployment that it rolls back, where stated."),
      train: text("Release train."),
      branch: text("Branch that was deployed."),
      labels: list("Labels, e.g. hotfix."),
      change_requests: list("Change requests that authorise it."),
      url,
    },
  },
  deployment_approval: {
    description: "A decision on a deployment.",
    key: ["id"],
    columns: {
      id,
      deployment: required(text("Id of the deployment.")),
      approver: text("Who decided."),
      decision: required(oneOf(["approved", "rejected"], "The decision.")),
      decided_at: timestamp("When."),
      is_derived: boolean("True where the time was derived from other events."),
      justification: text("Why."),
    },
  },
  ticket: {
    description: "Work.",
    key: ["id"],
    columns: {
      id,
      kind: oneOf(["story", "bug", "change_request", "incident", "task"], "What it is."),
      title: text("Title."),
      status: text("Status."),
      service,
      created_at: timestamp("Created."),
      resolved_at: timestamp("Resolved."),
      assignee: text("Who works on it."),
      labels: list("Labels."),
      url,
    },
  },
  ticket_transition: {
    description: "One step in the history of a ticket.",
    key: ["ticket", "at", "to_status"],
    columns: {
      ticket: required(text("Id of the ticket.")),
      at: required(timestamp("When.")),
      from_status: text("Before."),
      to_status: required(text("After.")),
      actor: text("Who."),
    },
  },
  change_request: {
    description: "A ticket that authorises a change.",
    key: ["id"],
    columns: {
      id,
      title: text("Title."),
      type: oneOf(["standard", "normal", "emergency"], "Type of the change."),
      risk: oneOf(["low", "medium", "high"], "Risk class."),
      service,
      status: text("Status."),
      requested_by: text("Who asked."),
      created_at: timestamp("Created."),
      planned_start: timestamp("Planned start."),
      planned_end: timestamp("Planned end."),
      rollback_plan: text("How to go back."),
      test_plan: text("How it is tested."),
      review_at: timestamp("When it was reviewed afterwards."),
      closed_at: timestamp("Closed."),
      incidents: list("Incidents it answers."),
      url,
    },
  },
  change_request_approval: {
    description: "A decision on a change request.",
    key: ["id"],
    columns: {
      id,
      change_request: required(text("Id of the change request.")),
      approver: text("Who decided."),
      role: text("In which role."),
      decision: required(oneOf(["approved", "rejected"], "The decision.")),
      decided_at: timestamp("When."),
      justification: text("Why."),
    },
  },
  incident: {
    description: "A user-facing failure.",
    key: ["id"],
    columns: {
      id,
      service,
      title: text("Title."),
      severity: text("Severity."),
      classification: text("Class of cause."),
      started_at: required(timestamp("When it began.")),
      detected_at: timestamp("When it was noticed."),
      acknowledged_at: timestamp("When somebody took it."),
      mitigated_at: timestamp("When users were no longer affected."),
      resolved_at: timestamp("When the record was closed; empty = open."),
      caused_by: list(
        "What the record names as its cause: deployment, change or ticket ids, numbers, versions, commit hashes.",
      ),
      cause: text("Cause in words, as recorded."),
      url,
    },
  },
  calendar_window: {
    description: "A freeze, blackout, maintenance or stabilisation window.",
    key: ["id"],
    columns: {
      id,
      kind: required(oneOf(["freeze", "blackout", "maintenance", "stabilisation"], "What it is.")),
      scope: text("Service, team or environment; empty = everywhere."),
      starts_at: required(timestamp("From.")),
      ends_at: required(timestamp("Until.")),
      reason: text("Why."),
    },
  },
  milestone: {
    description: "A planned date: quarter end, launch, audit.",
    key: ["id"],
    columns: {
      id,
      name: required(text("Name.")),
      planned_at: timestamp("Planned."),
      actual_at: timestamp("Actual."),
      scope: text("What it is about."),
    },
  },
  exemption: {
    description: "A control waived, by whom, until when.",
    key: ["id"],
    columns: {
      id,
      control: required(text("Id of the control.")),
      scope: text("Unit or service that it covers."),
      requested_by: text("Who asked."),
      approver: text("Who allowed it."),
      reason: text("Why."),
      compensating_control: text("What is done instead."),
      valid_from: timestamp("From."),
      valid_until: timestamp("Until."),
    },
  },
  evidence: {
    description: "Proof that a process step happened.",
    key: ["id"],
    columns: {
      id,
      kind: required(text("readiness_review, rollback_test, smoke_test, security_scan, restore_test ...")),
      subject: required(text("What it is about: a deployment, release, change request or service.")),
      service,
      at: timestamp("When."),
      actor: text("Who."),
      outcome: text("Result."),
      url,
      attributes: json("Anything else."),
    },
  },
  flag: {
    description: "A feature flag switched on or off.",
    key: ["name", "at"],
    columns: {
      name: required(text("Flag.")),
      service,
      at: required(timestamp("When.")),
      is_on: required(boolean("True = on.")),
      actor: text("Who."),
    },
  },
  experiment: {
    description: "An experiment and what was decided.",
    key: ["id"],
    columns: {
      id,
      service,
      name: text("Name."),
      metric: text("What was measured."),
      control_value: number("Value of the control group."),
      variant_value: number("Value of the variant."),
      decision: text("What was decided."),
      decided_at: timestamp("When."),
    },
  },
  configuration_item: {
    description: "What the configuration database says runs.",
    key: ["id"],
    columns: {
      id,
      name: required(text("Name.")),
      service,
      version: text("Version."),
      owner: text("Owner."),
      updated_at: timestamp("Last changed."),
    },
  },
  action: {
    description: "What a retrospective decided.",
    key: ["id"],
    columns: {
      id,
      title: required(text("What is to be done.")),
      owner: text("Who."),
      team: text("Team."),
      due_on: date("By when."),
      status: oneOf(["open", "done", "dropped"], "Status."),
      metric: text("Metric that it should move."),
      decided_on: date("When it was decided."),
    },
  },
} as const satisfies Record<string, Entity>;

export type EntityName = keyof typeof entities;

/** The entity without the literal types of the catalogue. */
export const entityOf = (name: EntityName): Entity => entities[name];
