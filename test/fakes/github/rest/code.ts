import { historyOf } from "../graphql/resolvers/commit.ts";
import { HTML } from "../graphql/resolvers/fields.ts";
import { refusal, type Reply, reply } from "../server/http.ts";
import { commitOf } from "../world/commits.ts";
import type { Commit, FileChange, Repository } from "../world/records.ts";
import { fullNameOf, instant } from "../world/world.ts";
import { repositoryUrl, type Schemas, simpleUser } from "./present.ts";
import { page, type RepositoryCall, repositoryRoute, type Route } from "./router.ts";

export const codeRoutes: readonly Route[] = [
  repositoryRoute("/commits", "contents", listCommits),
  repositoryRoute("/commits/{ref}", "contents", (call) => {
    const found = resolve(call.repository, call.values["ref"]);
    return found
      ? reply(200, { ...presentCommit(call, found), files: found.files.map(presentFile) })
      : refusal(422, `No commit found for SHA: ${call.values["ref"] ?? ""}`);
  }),
  repositoryRoute("/compare/{basehead}", "contents", compare),
  repositoryRoute("/branches", "contents", (call) =>
    page(call, refsOf(call.repository, "refs/heads/"), (ref) => ({
      name: ref.name,
      commit: {
        sha: commitOf(ref)?.oid,
        url: `${repositoryUrl(call.asked.base, call.repository)}/commits/${commitOf(ref)?.oid ?? ""}`,
      },
      protected: call.repository.branchProtectionRules.some(({ pattern }) => pattern === ref.name),
    })),
  ),
  repositoryRoute("/tags", "contents", (call) =>
    page(call, refsOf(call.repository, "refs/tags/"), (ref) => ({
      name: ref.name,
      node_id: ref.id,
      commit: {
        sha: commitOf(ref)?.oid,
        url: `${repositoryUrl(call.asked.base, call.repository)}/commits/${commitOf(ref)?.oid ?? ""}`,
      },
    })),
  ),
  repositoryRoute("/pulls/{pull_number}/commits", "pull_requests", (call) => {
    const found = call.repository.pullRequests.find(
      ({ number }) => String(number) === call.values["pull_number"],
    );
    // REST's limit, whatever the page.
    return found
      ? page(call, found.commits.slice(0, 250), (one) => presentCommit(call, one))
      : refusal(404, "Not Found");
  }),
];

const refsOf = ({ refs }: Repository, prefix: string) =>
  [...refs.values()].filter((ref) => ref.prefix === prefix);

/** A commit by hash, branch or tag. */
function resolve(repository: Repository, name = repository.defaultBranch): Commit | undefined {
  const { commits, refs } = repository;
  return commits.get(name) ?? commitOf(refs.get(`refs/heads/${name}`) ?? refs.get(`refs/tags/${name}`));
}

function listCommits(call: RepositoryCall): Reply {
  const { query } = call.asked;
  const tip = resolve(call.repository, query.get("sha") ?? undefined);
  if (!tip) return refusal(404, "Not Found");
  const since = query.get("since");
  const until = query.get("until");
  const path = query.get("path");
  const wanted = historyOf(tip).filter(
    ({ committedDate, files }) =>
      (since === null || committedDate >= instant(since)) &&
      (until === null || committedDate <= instant(until)) &&
      (path === null || files.some((file) => file.path.startsWith(path))),
  );
  return page(call, wanted, (one) => presentCommit(call, one));
}

function compare(call: RepositoryCall): Reply {
  const [from = "", to = ""] = (call.values["basehead"] ?? "").split("...");
  const base = resolve(call.repository, from);
  const head = resolve(call.repository, to);
  if (!base || !head) return refusal(404, "Not Found");
  const behind = new Set(historyOf(base));
  const ahead = historyOf(head).filter((one) => !behind.has(one));
  const inHead = new Set(historyOf(head));
  const missing = [...behind].filter((one) => !inHead.has(one));
  const mergeBase = historyOf(head).find((one) => behind.has(one));
  if (!mergeBase) return refusal(404, `No common ancestor between ${from} and ${to}.`);
  // Oldest first; `page` links are given, as GitHub does since comparisons are paginated.
  const { body, headers } = page(call, ahead.toReversed(), (one) => presentCommit(call, one));
  const url = `${repositoryUrl(call.asked.base, call.repository)}/compare/${from}...${to}`;
  return reply(
    200,
    {
      url,
      html_url: `${HTML}/${fullNameOf(call.repository)}/compare/${from}...${to}`,
      permalink_url: url,
      diff_url: `${url}.diff`,
      patch_url: `${url}.patch`,
      base_commit: presentCommit(call, base),
      merge_base_commit: presentCommit(call, mergeBase),
      status: statusOf(ahead.length, missing.length),
      ahead_by: ahead.length,
      behind_by: missing.length,
      total_commits: ahead.length,
      commits: body,
      files: ahead.flatMap(({ files }) => files.map(presentFile)).slice(0, 300),
    },
    headers,
  );
}

function statusOf(ahead: number, behind: number): Schemas["commit-comparison"]["status"] {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}

function presentCommit({ asked: { base } }: RepositoryCall, commit: Commit): Schemas["commit"] {
  const url = (oid: string) => `${repositoryUrl(base, commit.repository)}/commits/${oid}`;
  const { author, committer } = commit;
  return {
    url: url(commit.oid),
    sha: commit.oid,
    node_id: commit.id,
    html_url: `${HTML}/${fullNameOf(commit.repository)}/commit/${commit.oid}`,
    comments_url: `${url(commit.oid)}/comments`,
    commit: {
      url: url(commit.oid),
      author: { name: author.name, email: author.email, date: commit.authoredDate },
      committer: { name: committer.name, email: committer.email, date: commit.committedDate },
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.oid, url: url(commit.oid) },
    },
    author: author.user && simpleUser(base, author.user),
    committer: committer.user && simpleUser(base, committer.user),
    parents: commit.parentOids.map((sha) => ({ sha, url: url(sha), html_url: url(sha) })),
  };
}

function presentFile({ path, changeType, additions, deletions }: FileChange): Schemas["diff-entry"] {
  const status = { ADDED: "added", DELETED: "removed", MODIFIED: "modified", RENAMED: "renamed" } as const;
  return {
    sha: null,
    filename: path,
    status: status[changeType],
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: "",
    raw_url: "",
    contents_url: "",
  };
}
