import fc from "fast-check";
import type { Table } from "../support/history.ts";

const START = Date.parse("2026-01-05T09:00:00Z");
const MINUTE = 60_000;

type Landing = "plain" | "squash" | "merge";

interface Landed {
  readonly how: Landing;
  /** Commits of the branch: only a merge shows them. */
  readonly commits: number;
  readonly isReported: boolean;
  readonly reviewAfter: number | null;
  readonly pause: number;
}

interface Attempt {
  /** Which of the commits made so far: 0 = the newest. */
  readonly back: number;
  readonly fails: boolean;
  readonly pause: number;
}

interface Trouble {
  readonly after: number;
  readonly lasts: number | null;
  readonly namesDeployment: boolean;
}

export interface RandomHistory {
  readonly landed: readonly Landed[];
  readonly attempts: readonly Attempt[];
  readonly troubles: readonly Trouble[];
}

const minutes = fc.integer({ min: 0, max: 900 });

/** What lands on the main line, what is deployed (old commits and branch commits too) and what goes wrong. */
export const randomHistory: fc.Arbitrary<RandomHistory> = fc.record({
  landed: fc.array(
    fc.record({
      how: fc.constantFrom<Landing>("plain", "squash", "merge"),
      commits: fc.integer({ min: 1, max: 3 }),
      isReported: fc.boolean(),
      reviewAfter: fc.option(fc.integer({ min: 0, max: 60 })),
      pause: minutes,
    }),
    { minLength: 1, maxLength: 10 },
  ),
  attempts: fc.array(
    fc.record({ back: fc.integer({ min: 0, max: 5 }), fails: fc.boolean(), pause: minutes }),
    {
      minLength: 1,
      maxLength: 12,
    },
  ),
  troubles: fc.array(
    fc.record({
      after: minutes,
      lasts: fc.option(fc.integer({ min: 1, max: 600 })),
      namesDeployment: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
});

interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly at: number;
  readonly subject: string;
  readonly isOnMainLine: boolean;
}

interface Change {
  readonly merge: Commit;
  readonly nativeId: string;
  readonly commits: readonly Commit[];
  readonly row: Record<string, string> | null;
}

export interface Told {
  readonly commits: readonly Commit[];
  readonly changes: readonly Change[];
  readonly deployments: readonly { id: string; sha: string; at: number; isLive: boolean }[];
  readonly tables: Record<"commit" | "ref" | "change" | "deployment" | "incident", string[]>;
}

/** The history as rows, under the names of a service, its repository being called the same. */
export function tell(history: RandomHistory, service = "api"): Told {
  const { commits, changes } = land(history.landed, service);
  const deployments = deploy(history.attempts, commits, service);
  const time = (at: number) => new Date(at).toISOString();
  return {
    commits,
    changes,
    deployments,
    tables: {
      commit: commits.map(({ sha, parents, at, subject }) =>
        [service, sha, parents.join(";"), time(at), time(at), subject].join("|"),
      ),
      ref: [[service, "main", "main", commits.findLast((commit) => commit.isOnMainLine)?.sha].join("|")],
      change: changes.flatMap(({ row }) => (row === null ? [] : [Object.values(row).join("|")])),
      deployment: deployments.map(({ id, sha, at, isLive }) =>
        [id, service, "production", sha, time(at), time(at), isLive ? "success" : "failure"].join("|"),
      ),
      incident: history.troubles.map(({ after, lasts, namesDeployment }, index) => {
        const began = START + after * 10 * MINUTE;
        const cause = namesDeployment ? (deployments[index]?.id ?? "") : "";
        return [
          `${service}-i${index}`,
          service,
          time(began),
          lasts === null ? "" : time(began + lasts * MINUTE),
          cause,
        ].join("|");
      }),
    },
  };
}

const HEADS = {
  commit: "repository|sha|parents|authored_at|committed_at|subject",
  ref: "repository|name|kind|sha",
  change: "id|repository|number|merge_sha|opened_at|first_review_at|merged_at",
  deployment: "id|service|environment|sha|started_at|finished_at|status",
  incident: "id|service|started_at|resolved_at|caused_by",
};

type Tables = Told["tables"];

/** Tables for the harness; entities without rows are left out. */
export function asData(tables: Tables): Partial<Record<keyof Tables, Table>> {
  const filled = Object.entries(tables).filter(([, rows]) => rows.length > 0);
  return Object.fromEntries(
    filled.map(([entity, rows]) => [entity, [HEADS[entity as keyof Tables], ...rows].join("\n")]),
  );
}

function land(landed: readonly Landed[], service: string) {
  const root: Commit = { sha: `${service}-m0`, parents: [], at: START, subject: "Begin", isOnMainLine: true };
  const commits = [root];
  const changes: Change[] = [{ merge: root, nativeId: root.sha, commits: [root], row: null }];
  let tip = root;
  for (const [index, { how, commits: count, isReported, reviewAfter, pause }] of landed.entries()) {
    const number = String(index + 1);
    const opened = tip.at + pause * MINUTE;
    const branch = how === "merge" ? lineOf(`${service}-f${number}`, tip, count, opened) : [];
    const subject = {
      plain: "Plain",
      squash: `Squashed (#${number})`,
      merge: `Merge pull request #${number} from x/y`,
    }[how];
    const merge: Commit = {
      sha: `${service}-m${number}`,
      parents: [tip.sha, ...branch.slice(-1).map(({ sha }) => sha)],
      at: opened + 90 * MINUTE,
      subject,
      isOnMainLine: true,
    };
    const row = how !== "plain" && isReported ? reported(service, number, merge, opened, reviewAfter) : null;
    changes.push({
      merge,
      nativeId: how === "plain" ? merge.sha : number,
      commits: how === "merge" ? branch : [merge],
      row,
    });
    commits.push(...branch, merge);
    tip = merge;
  }
  return { commits, changes };
}

function lineOf(name: string, from: Commit, count: number, at: number): Commit[] {
  const line: Commit[] = [];
  for (let step = 0; step < count; step += 1) {
    const parent = line.at(-1) ?? from;
    line.push({
      sha: `${name}-${step}`,
      parents: [parent.sha],
      at: at + step * 20 * MINUTE,
      subject: "Work",
      isOnMainLine: false,
    });
  }
  return line;
}

function reported(
  repository: string,
  number: string,
  merge: Commit,
  opened: number,
  reviewAfter: number | null,
) {
  const review = reviewAfter === null ? "" : new Date(opened + reviewAfter * MINUTE).toISOString();
  return {
    id: number,
    repository,
    number,
    merge_sha: merge.sha,
    opened_at: new Date(opened).toISOString(),
    first_review_at: review,
    merged_at: new Date(merge.at).toISOString(),
  };
}

function deploy(attempts: readonly Attempt[], commits: readonly Commit[], service: string) {
  let at = START + 60 * MINUTE;
  return attempts.map(({ back, fails, pause }, index) => {
    at += (pause + 1) * MINUTE;
    const made = commits.filter((commit) => commit.at <= at);
    const sha = made.at(-1 - (back % made.length))?.sha ?? "";
    return { id: `${service}-d${String(index).padStart(2, "0")}`, sha, at, isLive: !fails };
  });
}
