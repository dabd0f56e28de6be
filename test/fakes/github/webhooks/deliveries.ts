import { presentRelease } from "../rest/releases.ts";
import { presentJob, presentRun } from "../rest/runs.ts";
import { parentsOf } from "../world/commits.ts";
import type { Commit, Ref, Repository, Tag, WorkflowRun } from "../world/records.ts";
import { simpleUser } from "../rest/present.ts";
import { type World, sha1 } from "../world/world.ts";
import {
  BASE,
  CALL,
  commitPayload,
  deploymentPayload,
  issuePayload,
  pullPayload,
  pushedRepository,
  repositoryPayload,
  reviewPayload,
  statusPayload,
} from "./payloads.ts";

export interface Delivery {
  readonly event: string;
  /** `X-GitHub-Delivery` */
  readonly id: string;
  readonly deliveredAt: string;
  readonly payload: object;
}

const NONE = "0".repeat(40);

interface Seen {
  /** What is compared. */
  readonly text: string;
  /** What is said when it is gone. */
  readonly goodbye?: () => void;
}

/**
 * The webhook of a made-up organisation: what happened since it was last asked, as GitHub would have delivered it. To see every
 * step of the way, ask after each.
 */
export class Webhook {
  readonly #world: World;
  readonly #seen = new Map<string, Seen>();
  #there = new Set<string>();
  #out: Delivery[] = [];
  #count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** What happened since. */
  take(): Delivery[] {
    this.#there = new Set();
    for (const repository of this.#world.repositories) this.#repository(repository);
    for (const [key, { goodbye }] of this.#seen) {
      if (this.#there.has(key)) continue;
      goodbye?.();
      this.#seen.delete(key);
    }
    return this.#out.splice(0);
  }

  #say(event: string, repository: Repository, payload: object): void {
    this.#count += 1;
    const id = sha1(`delivery ${this.#count}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
    const about = event === "push" ? pushedRepository(repository) : repositoryPayload(repository);
    const whole = { ...payload, repository: about, sender: simpleUser(BASE, repository.owner) };
    // As it was at that moment.
    this.#out.push({ event, id, deliveredAt: this.#world.now, payload: JSON.parse(JSON.stringify(whole)) as object });
  }

  /** Calls `tell` with what it was, where it is not that any more. */
  #compare(key: string, value: unknown, tell: (before: string | undefined) => void, goodbye?: () => void): void {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const before = this.#seen.get(key)?.text;
    this.#there.add(key);
    this.#seen.set(key, { text, ...(goodbye && { goodbye }) });
    if (before !== text) tell(before);
  }

  #repository(repository: Repository): void {
    const { owner, name, isArchived } = repository;
    this.#compare(
      repository.id,
      [owner.login, name, isArchived],
      (before) => this.#say("repository", repository, { action: repositoryAction(before, repository) }),
      () => this.#say("repository", repository, { action: "deleted" }),
    );
    this.#refs(repository);
    this.#pulls(repository);
    this.#issues(repository);
    this.#releases(repository);
    this.#deployments(repository);
    for (const run of repository.runs) this.#run(run);
  }

  #refs(repository: Repository): void {
    for (const [name, ref] of repository.refs) {
      const goodbye = () => this.#push(repository, name, this.#seen.get(`${repository.id} ${name}`)?.text, undefined);
      this.#compare(`${repository.id} ${name}`, ref.target.oid, (before) => this.#push(repository, name, before, ref), goodbye);
    }
  }

  #push(repository: Repository, name: string, before: string | undefined, ref: Ref | undefined): void {
    const commit = ref && commitUnder(ref.target);
    const old = before === undefined ? [] : [repository.commits.get(before)];
    const others = before === undefined ? [...repository.refs.values()].filter((one) => one !== ref).map((one) => commitUnder(one.target)) : old;
    const known = ancestors(others);
    const all = commit && name.startsWith("refs/heads/") ? ancestors([commit]) : new Set<Commit>();
    // Parents are made before their children.
    const pushed = [...all].filter((one) => !known.has(one)).sort((one, other) => one.databaseId - other.databaseId);
    this.#say("push", repository, {
      ref: name,
      before: before ?? NONE,
      after: ref?.target.oid ?? NONE,
      created: before === undefined,
      deleted: ref === undefined,
      forced: before !== undefined && ref !== undefined && !old.every((one) => one && all.has(one)),
      base_ref: null,
      commits: pushed.map(commitPayload),
      head_commit: commit ? commitPayload(commit) : null,
      pusher: { name: "ada", email: "ada@example.com" },
    });
  }

  #pulls(repository: Repository): void {
    for (const pull of repository.pullRequests) {
      // A repository's name alone is no news of its pull requests.
      const { head: _, base: __, url: ___, html_url: ____, ...own } = pullPayload(pull);
      this.#compare(pull.id, [own, pull.commits.map(({ oid }) => oid)], (before) => {
        const action = before === undefined ? "opened" : pull.mergedAt ? "closed" : "edited";
        this.#say("pull_request", repository, { action, number: pull.number, pull_request: pullPayload(pull) });
      });
      for (const review of pull.reviews)
        this.#compare(review.id, review.state, () => {
          const action = review.state === "DISMISSED" ? "dismissed" : "submitted";
          this.#say("pull_request_review", repository, { action, review: reviewPayload(review), pull_request: pullPayload(pull) });
        });
    }
  }

  #issues(repository: Repository): void {
    for (const issue of repository.issues) {
      const { url: _, html_url: __, ...own } = issuePayload(issue);
      const say = (action: string) => this.#say("issues", repository, { action, issue: issuePayload(issue) });
      this.#compare(issue.id, own, (before) => say(before === undefined ? "opened" : "edited"), () => say("deleted"));
    }
  }

  #releases(repository: Repository): void {
    for (const release of repository.releases) {
      const say = (action: string) => this.#say("release", repository, { action, release: presentRelease(CALL, release) });
      const own = [release.name, release.description, release.isDraft, release.updatedAt];
      this.#compare(release.id, own, (before) => say(before === undefined ? "created" : "edited"), () => say("deleted"));
    }
  }

  #deployments(repository: Repository): void {
    for (const deployment of repository.deployments) {
      const about = { deployment: deploymentPayload(deployment), workflow: null, workflow_run: null };
      this.#compare(deployment.id, "", () => this.#say("deployment", repository, { action: "created", ...about }));
      for (const status of deployment.history)
        this.#compare(status.id, "", () =>
          this.#say("deployment_status", repository, {
            action: "created",
            deployment_status: statusPayload(status),
            ...about,
            check_run: null,
          }),
        );
    }
  }

  #run(run: WorkflowRun): void {
    const { repository } = run;
    for (const attempt of run.attempts) {
      const { status, conclusion, number } = attempt;
      this.#compare(`${run.id} ${number}`, [status, conclusion], () => {
        const action = status === "completed" ? "completed" : "in_progress";
        this.#say("workflow_run", repository, { action, workflow_run: presentRun(CALL, run, attempt), workflow: { name: run.workflow } });
      });
      for (const job of attempt.jobs)
        this.#compare(job.id, [job.status, job.conclusion], () =>
          this.#say("workflow_job", repository, { action: job.status, workflow_job: presentJob(CALL, job) }),
        );
    }
    for (const [index, { environments, state, user, comment }] of run.approvals.entries())
      this.#compare(`${run.id} approval ${index}`, "", () =>
        this.#say("deployment_review", repository, {
          action: state,
          approver: simpleUser(BASE, user),
          comment,
          since: this.#world.now,
          reviewers: [],
          workflow_job_runs: environments.map(({ name }) => ({ environment: name, updated_at: this.#world.now })),
          workflow_run: presentRun(CALL, run, run.attempts.at(-1)),
        }),
      );
  }
}

const commitUnder = (target: Commit | Tag): Commit => ("target" in target ? target.target : target);

function ancestors(tips: readonly (Commit | undefined)[]): Set<Commit> {
  const found = new Set<Commit>();
  const waiting = tips.filter((tip) => tip !== undefined);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...parentsOf(next));
  }
  return found;
}

function repositoryAction(before: string | undefined, { owner, name }: Repository): string {
  if (before === undefined) return "created";
  const [login, former] = JSON.parse(before) as [string, string, boolean];
  return login !== owner.login ? "transferred" : former !== name ? "renamed" : "archived";
}
