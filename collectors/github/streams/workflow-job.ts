import { z } from "zod";
import { SourceError } from "../../../src/errors.ts";
import type { Page, RawRecord, Stream, StoredRecords } from "../../contract.ts";
import { restPayload, type RestRecord, unlessAbsent } from "../client/rest.ts";
import type { GitHub } from "../client/github.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf, States } from "../cursor.ts";
import { Failures } from "../failures.ts";
import { globOf } from "../../reading/glob.ts";
import type { Repository, Session } from "../session.ts";
import { deletions, ofOtherRepositories } from "./gone.ts";
import { Waiting } from "./waiting.ts";

const jobState = z.object({
  /** Attempts without a job, or whose jobs GitHub does not keep: not to be asked for again. */
  empty: z.array(z.string()),
  /** Of how many readings of the runs all jobs are there. */
  readings: z.number().optional(),
});

/** Bounds the cursor: beyond these, the oldest are asked for again. */
const MOST_EMPTY = 2_000;

/**
 * Jobs of the attempts that are meant, once these are done: they never change then. What is still to be read is what the stored runs
 * have and the stored jobs have not, so a run that is cut short loses nothing.
 */
export const workflowJobStream = (session: Session): Stream<GitHubConfig> => ({
  name: "workflow_job",
  needs: [],
  async *pages(_, cursor, { stored, storedOf }): AsyncGenerator<Page> {
    const scope = await session.scope();
    const states = new States(jobState, cursor, JSON.stringify(session.config.pipelines));
    const failures = new Failures("workflow_job");
    const waiting = new Waiting(() => states.cursor());
    waiting.add(...(await ofOtherRepositories(stored, scope)));
    if (scope.failures.length === 0) states.keepOnly(new Set(scope.repositories.map(({ id }) => id)));
    yield* waiting.storedWith(pagesOf());
    yield waiting.page();
    failures.end(scope);

    async function* pagesOf(): AsyncGenerator<Page> {
      if (!stored || !storedOf) return;
      const known = { runs: storedOf("workflow_run"), jobs: stored };
      for (const repository of scope.repositories)
        for await (const records of failures.within(repository, jobsOf(session, repository, states, known))) {
          waiting.add(...records);
          if (waiting.isEnough) yield waiting.page();
        }
    }
  },
});

interface Known {
  readonly runs: StoredRecords;
  readonly jobs: StoredRecords;
}

async function* jobsOf(
  { config, github, runReadings }: Session,
  { id, nameWithOwner }: Repository,
  states: States<z.output<typeof jobState>>,
  known: Known,
): AsyncGenerator<RawRecord[]> {
  const readings = runReadings.get(id);
  if (readings !== undefined && states.get(id)?.readings === readings) return;
  const wanted = await attemptsOf(id, config, known.runs);
  const { done, unwanted } = await knownJobs(id, wanted, known.jobs);
  if (unwanted.length > 0) yield deletions(unwanted);
  const empty = new Set(states.get(id)?.empty.filter((attempt) => wanted.has(attempt)));
  let isDone = true;
  for (const attempt of newestFirst(wanted)) {
    if (done.has(attempt) || empty.has(attempt)) continue;
    const jobs = await ofAttempt(github, nameWithOwner, attempt);
    if (jobs?.length === 0) {
      empty.add(attempt);
      states.set(id, { empty: [...empty].slice(-MOST_EMPTY) });
    }
    isDone &&= jobs !== undefined && jobs.every(({ status }) => status === "completed");
    yield (jobs ?? []).map((job) => ({ key: keyOf(id, `${attempt}/${job.id}`), payload: restPayload(job) }));
  }
  states.set(id, { empty: [...empty].slice(-MOST_EMPTY), ...(isDone && { readings }) });
}

/** `<run>/<attempt>` of what is done and meant. */
async function attemptsOf(
  repository: string,
  { pipelines: { jobs, workflows } }: GitHubConfig,
  stored: StoredRecords,
): Promise<Set<string>> {
  const prefix = keyOf(repository, "");
  const patterns = workflows.map(globOf);
  const runs = await stored.saying(prefix, ["$.status", "$.conclusion", "$.name"]);
  const meant = [...runs].filter(
    ([, [status, conclusion, workflow]]) =>
      status === "completed" &&
      (jobs === "all" || (jobs === "failed" && conclusion !== "success" && conclusion !== "skipped")) &&
      patterns.some((pattern) => pattern.test(workflow ?? "")),
  );
  return new Set(meant.map(([key]) => key.slice(prefix.length)));
}

interface KnownJobs {
  /** Attempts all of whose stored jobs are done. */
  readonly done: ReadonlySet<string>;
  /** Keys of jobs whose run is gone, or that are not meant any more. */
  readonly unwanted: readonly string[];
}

async function knownJobs(
  repository: string,
  wanted: ReadonlySet<string>,
  stored: StoredRecords,
): Promise<KnownJobs> {
  const prefix = keyOf(repository, "");
  const done = new Set<string>();
  const underWay = new Set<string>();
  const unwanted: string[] = [];
  for (const [key, [status]] of await stored.saying(prefix, ["$.status"])) {
    const attempt = key.slice(prefix.length, key.lastIndexOf("/"));
    if (!wanted.has(attempt)) unwanted.push(key);
    else (status === "completed" ? done : underWay).add(attempt);
  }
  for (const attempt of underWay) done.delete(attempt);
  return { done, unwanted };
}

/** GitHub numbers runs in the order in which they were made. */
const newestFirst = (attempts: Iterable<string>): string[] =>
  [...attempts].sort((a, b) => b.localeCompare(a, "en", { numeric: true }));

/** None where the run was deleted; undefined where it is there and GitHub says 404 of its jobs, which is no answer. */
async function ofAttempt(github: GitHub, repository: string, attempt: string): Promise<readonly RestRecord[] | undefined> {
  const [run = "", number = ""] = attempt.split("/");
  const address = `/repos/${repository}/actions/runs/${run}`;
  const list = unlessAbsent(await github.findAll<RestRecord>(`${address}/attempts/${number}/jobs?per_page=100`));
  if (!list) return (await github.has(address)) ? undefined : [];
  const jobs = [...new Map(list.items.map((job) => [job.id, job])).values()];
  if (list.total !== undefined && jobs.length < list.total) throw incomplete(repository, attempt, list.total, jobs.length);
  return jobs;
}

const incomplete = (repository: string, attempt: string, total: number, given: number) =>
  new SourceError(
    "github",
    "network",
    `${repository}: workflow_job: GitHub gave ${given} of the ${total} jobs of run ${attempt}; the next run asks again`,
  );
