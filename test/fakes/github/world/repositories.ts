import type {
  Actor,
  BranchProtection,
  Environment,
  Instant,
  Label,
  ProtectionRule,
  Ref,
  Repository,
  Ruleset,
} from "./records.ts";
import { fullNameOf, type World } from "./world.ts";

/** The actor of that login, made at first sight. Logins that end in `[bot]` are bots. */
export function actor(
  world: World,
  login: string,
  known: { readonly kind?: Actor["__typename"]; readonly name?: string; readonly email?: string } = {},
): Actor {
  const found = world.actors.get(login);
  if (found) return found;
  const made = world.create<Actor>({
    __typename: known.kind ?? (login.endsWith("[bot]") ? "Bot" : "User"),
    login,
    name: known.name ?? login,
    email: known.email ?? `${login.replace("[bot]", "")}@example.com`,
    createdAt: "2020-01-01T00:00:00Z",
  });
  world.actors.set(login, made);
  return made;
}

export const organization = (world: World, login: string, name = login): Actor =>
  actor(world, login, { kind: "Organization", name });

export interface NewRepository {
  readonly at?: Instant;
  readonly description?: string;
  readonly isPrivate?: boolean;
  readonly parent?: Repository;
  readonly defaultBranch?: string;
}

export function repository(world: World, fullName: string, about: NewRepository = {}): Repository {
  const [owner = "", name = ""] = fullName.split("/");
  const at = about.at ?? world.now;
  const made = world.create<Repository>({
    __typename: "Repository",
    owner: organization(world, owner),
    name,
    formerNames: [],
    description: about.description ?? "",
    createdAt: at,
    updatedAt: at,
    pushedAt: at,
    archivedAt: null,
    isArchived: false,
    isPrivate: about.isPrivate ?? true,
    parent: about.parent ?? null,
    defaultBranch: about.defaultBranch ?? "main",
    nextNumber: 1,
    nextRun: 1,
    labels: [],
    refs: new Map<string, Ref>(),
    commits: new Map<string, never>(),
    pullRequests: [],
    pullRequestsOf: new Map<string, never>(),
    issues: [],
    deployments: [],
    environments: [],
    releases: [],
    runs: [],
    checkSuites: [],
    rulesets: [],
    ruleSuites: [],
    branchProtectionRules: [],
  });
  world.repositories.push(made);
  return made;
}

export function rename(world: World, target: Repository, name: string): void {
  target.formerNames.push(fullNameOf(target));
  target.name = name;
  touch(world, target);
}

export function transfer(world: World, target: Repository, owner: string): void {
  target.formerNames.push(fullNameOf(target));
  target.owner = organization(world, owner);
  touch(world, target);
}

export function archive(world: World, target: Repository): void {
  target.isArchived = true;
  target.archivedAt = world.now;
  touch(world, target);
}

export function deleteRepository(world: World, target: Repository): void {
  world.repositories.splice(world.repositories.indexOf(target), 1);
  world.forget(target, ...target.pullRequests, ...target.issues, ...target.deployments, ...target.releases);
}

/** A repository's own time of update tells of its settings, not of pull requests, issues or deployments. */
function touch(world: World, target: Repository): void {
  world.version++;
  target.updatedAt = world.now;
}

export function label(world: World, target: Repository, name: string): Label {
  const found = target.labels.find((one) => one.name === name);
  if (found) return found;
  const made = world.create<Label>({ __typename: "Label", name, color: "ededed", createdAt: world.now });
  target.labels.push(made);
  return made;
}

export interface Protection {
  readonly at?: Instant;
  readonly reviewers?: readonly string[];
  readonly waitMinutes?: number;
  readonly preventSelfReview?: boolean;
}

/** The environment of that name, made at first sight; what is said of it replaces its rules. */
export function environment(
  world: World,
  target: Repository,
  name: string,
  protection?: Protection,
): Environment {
  const at = protection?.at ?? world.now;
  const found =
    target.environments.find((one) => one.name === name) ?? addEnvironment(world, target, name, at);
  if (protection) {
    found.rules = rulesOf(world, protection);
    found.updatedAt = at;
    world.version++;
  }
  return found;
}

function addEnvironment(world: World, target: Repository, name: string, at: Instant): Environment {
  const made = world.create<Environment>({
    __typename: "Environment",
    repository: target,
    name,
    createdAt: at,
    updatedAt: at,
    rules: [],
  });
  target.environments.push(made);
  return made;
}

function rulesOf(world: World, { reviewers, waitMinutes, preventSelfReview }: Protection): ProtectionRule[] {
  const base = {
    __typename: "DeploymentProtectionRule",
    timeout: 0,
    preventSelfReview: false,
    reviewers: [],
  } as const;
  const ids = () => ({ databaseId: world.number(), id: `GA_${world.number()}` });
  return [
    ...(waitMinutes ? [{ ...base, ...ids(), type: "WAIT_TIMER" as const, timeout: waitMinutes }] : []),
    ...(reviewers
      ? [
          {
            ...base,
            ...ids(),
            type: "REQUIRED_REVIEWERS" as const,
            preventSelfReview: preventSelfReview ?? false,
            reviewers: reviewers.map((login) => actor(world, login)),
          },
        ]
      : []),
  ];
}

export interface NewRuleset {
  readonly name: string;
  readonly at?: Instant;
  readonly enforcement?: Ruleset["enforcement"];
  readonly include?: readonly string[];
  readonly rules: Ruleset["rules"];
  readonly bypass?: readonly string[];
}

/** A ruleset of a repository, or of an organisation. */
export function ruleset(world: World, source: Repository | Actor, about: NewRuleset): Ruleset {
  const at = about.at ?? world.now;
  const made = world.create<Ruleset>({
    __typename: "RepositoryRuleset",
    source,
    name: about.name,
    target: "BRANCH",
    enforcement: about.enforcement ?? "ACTIVE",
    include: about.include ?? ["~DEFAULT_BRANCH"],
    rules: about.rules,
    bypassActors: (about.bypass ?? []).map((login) => actor(world, login)),
    createdAt: at,
    updatedAt: at,
  });
  ownRulesets(world, source).push(made);
  return made;
}

const ownRulesets = (world: World, source: Repository | Actor): Ruleset[] =>
  source.__typename === "Repository" ? source.rulesets : world.rulesets;

/** Those that hold for a repository: of its owner, and its own. */
export const rulesetsOf = (world: World, target: Repository): Ruleset[] => [
  ...world.rulesets.filter(({ source }) => source === target.owner),
  ...target.rulesets,
];

export function editRuleset(
  world: World,
  target: Ruleset,
  change: Partial<Pick<Ruleset, "enforcement" | "rules">>,
): void {
  Object.assign(target, change);
  target.updatedAt = world.now;
  world.version++;
}

export function deleteRuleset(world: World, target: Ruleset): void {
  const all = ownRulesets(world, target.source);
  all.splice(all.indexOf(target), 1);
  world.forget(target);
}

/** A push to the main line that a ruleset let pass, refused, or was bypassed for. */
export function judgePush(
  world: World,
  rules: Ruleset,
  about: {
    /** Where the ruleset is an organisation's. */
    readonly in?: Repository;
    readonly by: string;
    readonly before: string;
    readonly after: string;
    readonly at?: Instant;
    readonly result: "pass" | "fail" | "bypass";
  },
): void {
  const target = about.in ?? rules.source;
  if (target.__typename !== "Repository") throw new RangeError("a push to no repository");
  target.ruleSuites.push({
    databaseId: world.number(),
    repository: target,
    actor: actor(world, about.by),
    ref: `refs/heads/${target.defaultBranch}`,
    beforeSha: about.before,
    afterSha: about.after,
    pushedAt: about.at ?? world.now,
    result: about.result,
    evaluations: rules.rules.map(({ type }) => ({
      ruleset: rules,
      enforcement: rules.enforcement,
      ruleType: type.toLowerCase(),
      result: about.result === "pass" ? "pass" : "fail",
      details: about.result === "pass" ? "" : "Changes must be made through a pull request.",
    })),
  });
}

export function protectBranch(
  world: World,
  target: Repository,
  pattern: string,
  about: Partial<Omit<BranchProtection, "id" | "databaseId" | "repository" | "pattern" | "__typename">> = {},
): BranchProtection {
  const made = world.create<BranchProtection>({
    __typename: "BranchProtectionRule",
    repository: target,
    pattern,
    requiredApprovingReviewCount: 1,
    isAdminEnforced: false,
    dismissesStaleReviews: false,
    requiresCodeOwnerReviews: false,
    requireLastPushApproval: false,
    requiresStatusChecks: false,
    requiredStatusCheckContexts: [],
    allowsForcePushes: false,
    allowsDeletions: false,
    pushers: [],
    bypassers: [],
    ...about,
  });
  target.branchProtectionRules.push(made);
  return made;
}

export function unprotectBranch(world: World, protection: BranchProtection): void {
  const { branchProtectionRules } = protection.repository;
  branchProtectionRules.splice(branchProtectionRules.indexOf(protection), 1);
  world.forget(protection);
}
