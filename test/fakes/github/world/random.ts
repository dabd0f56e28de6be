import { Chance } from "../../../support/chance.ts";
import { deleteRef, mainLine, push, tag } from "./commits.ts";
import {
  deleteDeployment,
  deleteRelease,
  deploy,
  editRelease,
  publishRelease,
  release,
  setStatus,
} from "./deployments.ts";
import {
  addCommits,
  addLabel,
  close,
  closeIssue,
  convertToDraft,
  deleteIssue,
  dismiss,
  edit,
  forcePush,
  merge,
  openIssue,
  openPullRequest,
  readyForReview,
  removeLabel,
  reopen,
  reopenIssue,
  review,
} from "./pull-requests.ts";
import type {
  BranchProtection,
  Deployment,
  Issue,
  PullRequest,
  Release,
  Repository,
  Review,
  Ruleset,
  WorkflowRun,
} from "./records.ts";
import {
  actor,
  archive,
  deleteRuleset,
  editRuleset,
  environment,
  judgePush,
  protectBranch,
  rename,
  repository,
  ruleset,
  transfer,
  unprotectBranch,
} from "./repositories.ts";
import { approve, attempt, deleteRun, finish, startRun, wait } from "./runs.ts";
import { begun } from "./scenarios.ts";
import { later, sha1, World } from "./world.ts";

/** One thing that may happen in a repository; false, where there was nothing it could happen to. */
type Change = (world: World, target: Repository, chance: Chance) => unknown;

const HUMANS = ["ada", "grace", "linus", "margaret"] as const;
const PEOPLE = [...HUMANS, "renovate[bot]"] as const;
const LABELS = ["hotfix", "security", "incident", "docs"] as const;
const ENVIRONMENTS = ["production", "production-eu", "staging"] as const;
const PATHS = ["services/a/main.ts", "services/b/main.ts", "libs/shared.ts", "README.md"] as const;

const person = (chance: Chance) => chance.of(PEOPLE) ?? "ada";
const labelled = (chance: Chance) => chance.of(LABELS) ?? "docs";
const paths = (chance: Chance) => PATHS.filter(() => chance.whole(0, 1) === 1);

/** A change to one of the records that fit. */
function ofOne<T>(
  items: (target: Repository) => readonly T[],
  change: (world: World, item: T, chance: Chance) => void,
): Change {
  return (world, target, chance) => {
    const item = chance.of(items(target));
    if (item !== undefined) change(world, item, chance);
    return item !== undefined;
  };
}

const pulls =
  (...states: readonly PullRequest["state"][]) =>
  ({ pullRequests }: Repository) =>
    pullRequests.filter(({ state }) => states.includes(state));
const issues =
  (...states: readonly Issue["state"][]) =>
  ({ issues: all }: Repository) =>
    all.filter(({ state }) => states.includes(state));
const all = <T>(items: (target: Repository) => readonly T[]) => items;
const underWay = ({ deployments }: Repository) =>
  deployments.filter(
    ({ environment, history }) =>
      !(environment === "guarded" && history.at(-1)?.state === "WAITING") &&
      !["SUCCESS", "FAILURE", "ERROR", "INACTIVE"].includes(history.at(-1)?.state ?? ""),
  );
const logOf = ({ repository: { id }, databaseId }: WorkflowRun) => `https://github.com/${id}/actions/runs/${databaseId}`;
const gated = ({ deployments }: Repository) =>
  deployments.filter(({ environment, history }) => environment === "guarded" && history.at(-1)?.state === "WAITING");
const unfinished = ({ runs }: Repository) =>
  runs.filter(({ attempts }) => attempts.at(-1)?.status === "in_progress");
const waiting = ({ runs }: Repository) => runs.filter(({ pending }) => pending.length > 0);

const CHANGES = {
  push: (world, target, chance) =>
    void push(world, target, { by: person(chance), message: "Straight to main", paths: paths(chance) }),
  openPullRequest: (world, target, chance) =>
    void openPullRequest(world, target, {
      by: person(chance),
      title: `Change ${target.nextNumber}`,
      isDraft: chance.whole(0, 4) === 0,
      commitCount: chance.whole(1, chance.whole(0, 9) === 0 ? 120 : 5),
      paths: paths(chance),
    }),
  addCommits: ofOne(pulls("OPEN"), (world, pull, chance) => addCommits(world, pull, chance.whole(1, 3))),
  forcePush: ofOne(pulls("OPEN"), (world, pull, chance) => forcePush(world, pull, chance.whole(1, 3))),
  review: ofOne(pulls("OPEN", "MERGED"), (world, pull, chance) => {
    const state = chance.of(["APPROVED", "CHANGES_REQUESTED", "COMMENTED"] as const) ?? "COMMENTED";
    for (let count = chance.whole(0, 15) === 0 ? 105 : 1; count > 0; count--)
      review(world, pull, { by: person(chance), state });
  }),
  dismiss: ofOne(
    ({ pullRequests }) =>
      pullRequests.flatMap(({ reviews }) => reviews.filter(({ state }) => state === "APPROVED")),
    (world, old: Review, chance) => dismiss(world, old, person(chance)),
  ),
  ready: ofOne(pulls("OPEN"), (world, pull) => {
    if (pull.isDraft) readyForReview(world, pull, "ada");
    else convertToDraft(world, pull, "ada");
  }),
  merge: ofOne(pulls("OPEN"), (world, pull, chance) => {
    const closed = chance.whole(0, 1) === 1 ? pull.repository.issues.slice(-1) : [];
    pull.closes.push(...closed);
    for (const { number } of closed) edit(world, pull, { body: `Closes #${number}` });
    merge(world, pull, { by: person(chance), method: chance.of(["merge", "squash"] as const) ?? "merge" });
  }),
  deleteBranch: ofOne(pulls("MERGED"), (world, { repository: target, headRefName }) =>
    deleteRef(world, target, `refs/heads/${headRefName}`),
  ),
  close: ofOne(pulls("OPEN"), (world, pull, chance) => close(world, pull, person(chance))),
  reopen: ofOne(pulls("CLOSED"), (world, pull, chance) => reopen(world, pull, person(chance))),
  label: ofOne(pulls("OPEN", "MERGED", "CLOSED"), (world, pull, chance) =>
    addLabel(world, pull, labelled(chance), person(chance)),
  ),
  unlabel: ofOne(pulls("OPEN", "MERGED", "CLOSED"), (world, pull, chance) =>
    removeLabel(world, pull, labelled(chance), person(chance)),
  ),
  editTitle: ofOne(pulls("OPEN", "MERGED"), (world, pull) =>
    edit(world, pull, { title: `${pull.title}, edited` }),
  ),
  openIssue: (world, target, chance) =>
    void openIssue(world, target, { by: person(chance), title: "It is broken", labels: [labelled(chance)] }),
  labelIssue: ofOne(issues("OPEN", "CLOSED"), (world, issue, chance) =>
    addLabel(world, issue, labelled(chance), person(chance)),
  ),
  closeIssue: ofOne(issues("OPEN"), (world, issue, chance) =>
    closeIssue(world, issue, { by: person(chance) }),
  ),
  reopenIssue: ofOne(issues("CLOSED"), (world, issue, chance) => reopenIssue(world, issue, person(chance))),
  deleteIssue: ofOne(issues("OPEN", "CLOSED"), (world, issue: Issue) => deleteIssue(world, issue)),
  deploy: (world, target, chance) => {
    const commit = mainLine(target);
    const environment = chance.of(ENVIRONMENTS) ?? "production";
    const made = deploy(world, target, { by: person(chance), environment, ...(commit ? { commit } : {}) });
    setStatus(world, made, chance.of(["QUEUED", "WAITING", "IN_PROGRESS", "SUCCESS"] as const) ?? "QUEUED");
  },
  status: ofOne(underWay, (world, deployment, chance) => {
    const state = chance.of(["IN_PROGRESS", "SUCCESS", "SUCCESS", "FAILURE", "ERROR"] as const) ?? "SUCCESS";
    setStatus(world, deployment, state);
  }),
  deleteDeployment: ofOne(
    all<Deployment>(({ deployments }) => deployments),
    (world, deployment) => deleteDeployment(world, deployment),
  ),
  release: (world, target, chance) => {
    const commit = mainLine(target);
    const tagName = `v${target.releases.length + 1}.0.${world.number()}`;
    if (commit) tag(world, target, tagName, commit, chance.whole(0, 1) === 1 ? { message: tagName } : {});
    const isDraft = chance.whole(0, 3) === 0;
    release(world, target, { by: person(chance), tagName, isDraft, assets: ["app.tar.gz"] });
  },
  publish: ofOne(
    ({ releases }) => releases.filter(({ isDraft }) => isDraft),
    (world, draft: Release) => publishRelease(world, draft),
  ),
  editRelease: ofOne(
    all<Release>(({ releases }) => releases),
    (world, one) => editRelease(world, one, { description: `Notes as of ${world.now}` }),
  ),
  deleteRelease: ofOne(
    all<Release>(({ releases }) => releases),
    (world, one) => deleteRelease(world, one),
  ),
  startRun: (world, target, chance) => {
    const sha = mainLine(target)?.oid ?? "0".repeat(40);
    const run = startRun(world, target, { by: person(chance), sha, jobs: ["build", "test"] });
    if (chance.whole(0, 3) === 0) wait(world, run, ["production"]);
  },
  approve: ofOne(waiting, (world, run: WorkflowRun, chance) =>
    approve(world, run, { by: person(chance), environments: ["production"] }),
  ),
  gate: (world, target, chance) => {
    const sha = mainLine(target)?.oid ?? "0".repeat(40);
    const run = startRun(world, target, { by: person(chance), sha, jobs: ["deploy"] });
    const made = deploy(world, target, { by: person(chance), environment: "guarded", commitOid: sha });
    setStatus(world, made, "WAITING", { logUrl: logOf(run) });
  },
  decide: ofOne(gated, (world, deployment, chance) => {
    const run = deployment.repository.runs.find((one) => logOf(one) === deployment.history[0]?.logUrl);
    const state = chance.whole(0, 3) === 0 ? "rejected" : "approved";
    if (run) approve(world, run, { by: person(chance), environments: ["guarded"], state, comment: `Seen at ${world.now}` });
    setStatus(world, deployment, state === "rejected" ? "FAILURE" : "IN_PROGRESS");
  }),
  addRuleset: (world, target) =>
    void ruleset(world, target, { name: `Rules ${world.number()}`, rules: [{ type: "PULL_REQUEST" }], bypass: ["ada"] }),
  editRuleset: ofOne(
    all<Ruleset>(({ rulesets }) => rulesets),
    (world, one, chance) => editRuleset(world, one, { enforcement: chance.of(["ACTIVE", "DISABLED", "EVALUATE"] as const) ?? "ACTIVE" }),
  ),
  deleteRuleset: ofOne(
    all<Ruleset>(({ rulesets }) => rulesets),
    (world, one) => deleteRuleset(world, one),
  ),
  judge: ofOne(
    ({ rulesets }) => rulesets.filter(({ enforcement }) => enforcement === "ACTIVE"),
    (world, rules, chance) => {
      const result = chance.of(["pass", "fail", "bypass"] as const) ?? "pass";
      const [before, after] = [world.number(), world.number()].map((number) => sha1(String(number)));
      judgePush(world, rules, { by: person(chance), before: before ?? "", after: after ?? "", result });
    },
  ),
  protect: (world, target, chance) =>
    void protectBranch(world, target, `release/${world.number()}`, { bypassers: [actor(world, chance.of(HUMANS) ?? "ada")] }),
  changeProtection: ofOne(
    all<BranchProtection>(({ branchProtectionRules }) => branchProtectionRules),
    (world, one, chance) => {
      one.requiredApprovingReviewCount = chance.whole(0, 3);
      one.isAdminEnforced = !one.isAdminEnforced;
      world.version++;
    },
  ),
  unprotect: ofOne(
    all<BranchProtection>(({ branchProtectionRules }) => branchProtectionRules),
    (world, one) => unprotectBranch(world, one),
  ),
  finishRun: ofOne(unfinished, (world, { attempts }, chance) => {
    const latest = attempts.at(-1);
    if (latest) finish(world, latest, chance.of(["success", "failure", "cancelled"] as const) ?? "success");
  }),
  rerun: ofOne(
    ({ runs }) => runs.filter(({ attempts }) => attempts.at(-1)?.status === "completed"),
    (world, run: WorkflowRun, chance) => void attempt(world, run, { by: person(chance), jobs: ["test"] }),
  ),
  // Of a run that is gone nobody can be asked who approved it: what was read before stays.
  deleteRun: ofOne(
    ({ deployments, runs }) => runs.filter((run) => !deployments.some(({ history }) => history[0]?.logUrl === logOf(run))),
    (world, run) => deleteRun(world, run),
  ),
  rename: (world, target, chance) => {
    if (chance.whole(0, 4) !== 0) return false;
    rename(world, target, `${target.name.split("-")[0] ?? ""}-${world.number()}`);
    return true;
  },
  transfer: (world, target, chance) => {
    if (chance.whole(0, 9) !== 0) return false;
    transfer(world, target, target.owner.login === "acme" ? "acme-labs" : "acme");
    return true;
  },
  archive: (world, target, chance) => {
    if (chance.whole(0, 19) !== 0) return false;
    archive(world, target);
    return true;
  },
} satisfies Readonly<Record<string, Change>>;

/** What may happen, by name: to leave some of it out. */
export type ChangeName = keyof typeof CHANGES;
export const CHANGE_NAMES = Object.keys(CHANGES) as readonly ChangeName[];

export interface Happening {
  /** How many things happen. */
  readonly count: number;
  readonly among?: readonly ChangeName[];
  /** The longest time between two. */
  readonly seconds?: number;
  /** Told of what has happened. */
  readonly seen?: (name: ChangeName) => void;
}

/** Lets things happen in the world, one after the other. Archived repositories are left as they are. */
export function happen(world: World, chance: Chance, { count, among, seconds = 7200, seen }: Happening): void {
  const names = among ?? CHANGE_NAMES;
  for (let index = 0; index < count; index++) {
    world.advanceTo(later(world.now, chance.whole(1, seconds)));
    const target = chance.of(world.repositories.filter(({ isArchived }) => !isArchived));
    const name = chance.of(names);
    if (target && name && happens(name, world, target, chance)) seen?.(name);
  }
}

const happens = (name: ChangeName, ...where: Parameters<Change>) => CHANGES[name](...where) !== false;

/** A world in which a good deal has happened already, with the chance that made it. */
export function randomWorld(
  seed: number,
  { repositories = 3, count = 150, seen }: { readonly repositories?: number } & Partial<Happening> = {},
): { readonly world: World; readonly chance: Chance } {
  const world = new World("2026-01-05T08:00:00Z");
  const chance = new Chance(seed);
  for (let index = 1; index <= repositories; index++) {
    const target = begun(world, `acme/service${index}`);
    environment(world, target, "guarded", { reviewers: ["grace"] });
  }
  repository(world, "acme/empty");
  happen(world, chance, { count, ...(seen && { seen }) });
  return { world, chance };
}
