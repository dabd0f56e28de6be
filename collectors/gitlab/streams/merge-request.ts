import { z } from "zod";
import type { Json, Stream } from "../../contract.ts";
import type { GitLabConfig } from "../config.ts";
import { assertShape, Refusal } from "../failures.ts";
import { type List, type Listed, BY_UPDATE, PAGED, whole } from "../lists.ts";
import type { Project, Session } from "../session.ts";
import type { Updated } from "../windows.ts";
import { timedStream } from "./timed.ts";

const shape = z.looseObject({
  iid: z.int(),
  state: z.string(),
  title: z.string(),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }),
  merged_at: z.iso.datetime({ offset: true }).nullish(),
});

interface MergeRequest extends Updated {
  readonly iid: number;
  readonly state: string;
}

/** Merge requests; of merged ones also what they consist of, who reviewed and approved them, and what they close. */
export const mergeRequestStream = (session: Session): Stream<GitLabConfig> => {
  const { api, config } = session;
  return timedStream<MergeRequest>(session, {
    stream: "merge_request",
    needs: [],
    feature: "merge_requests",
    shape,
    question: String(config.paths),
    idOf: ({ iid }) => iid,
    ask: async ({ id }, window, page) =>
      await api.MergeRequests.all({
        projectId: id,
        scope: "all",
        ...BY_UPDATE,
        ...window,
        page,
      }),
    // As lists have it: what is stored does not depend on how it was found.
    show: async ({ id }, iid) => {
      const [found] = await api.MergeRequests.all({ projectId: id, scope: "all", iids: [iid] });
      return found;
    },
    isCompared: true,
    whole: async (project, item) =>
      (item.state === "merged"
        ? { ...item, ...(await details(session, project, item)) }
        : item) as unknown as Json,
  });
};

async function details(
  { api, config }: Session,
  { id, path_with_namespace }: Project,
  { iid }: MergeRequest,
): Promise<object> {
  const what = (part: string) => `${path_with_namespace}!${iid}: ${part}`;
  const list = <Item>(part: string, ask: List<Item>["ask"], shapeOf: z.ZodType = z.looseObject({})) =>
    whole<Item>({ what: what(part), shape: shapeOf, ask });
  return {
    commits: await list(
      "commits",
      (page) => api.MergeRequests.allCommits(id, iid, { ...PAGED, page }),
      z.looseObject({ id: z.string() }),
    ),
    approvals: await optional(
      api.MergeRequestApprovals.showConfiguration(id, { mergerequestIId: iid }).then((answer) =>
        approvalsIn(what("approvals"), answer),
      ),
    ),
    notes: (
      await list<Note>("notes", (page) =>
        notesOf(api.MergeRequestNotes.all(id, iid, { ...PAGED, page, sort: "asc", orderBy: "created_at" })),
      )
    ).map(withoutWords),
    closes_issues: (await optional(api.MergeRequests.allIssuesClosed(id, iid)))?.map(referenceOf),
    ...(config.paths && {
      diffs: (
        await list<Diff>("diffs", (page) => api.MergeRequests.allDiffs(id, iid, { ...PAGED, page }))
      ).map(withoutText),
    }),
  };
}

type Note = Readonly<Record<"id" | "author" | "created_at" | "system" | "resolvable" | "body", unknown>>;
type Diff = Readonly<Record<"old_path" | "new_path" | "new_file" | "renamed_file" | "deleted_file", unknown>>;

const referenceOf = ({ id, iid, project_id, references, web_url }: Record<string, unknown>) => ({
  id,
  iid,
  project_id,
  references,
  web_url,
});

const notesOf = async (answer: Promise<unknown>) => (await answer) as Listed<Note>;

/** What people wrote is not kept; what GitLab wrote says who approved. */
const withoutWords = ({ id, author, created_at, system, resolvable, body }: Note) => ({
  id,
  author: { username: (author as { username?: string } | null)?.username ?? null },
  created_at,
  system,
  resolvable,
  ...(system === true && { body }),
});

const withoutText = ({ old_path, new_path, new_file, renamed_file, deleted_file }: Diff) => ({
  old_path,
  new_path,
  new_file,
  renamed_file,
  deleted_file,
});

/** Null where GitLab does not give it: approvals are not in every plan, and issues may be turned off. */
async function optional<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

const approvalShape = z.looseObject({
  approved_by: z.array(z.looseObject({ user: z.looseObject({ username: z.string() }).nullish() })).nullish(),
});

const APPROVALS = ["approved", "approvals_required", "approvals_left", "approved_by"];

/** The rest is what the merge request says itself, and what the token's owner may do. */
function approvalsIn(what: string, answer: unknown): object {
  assertShape(what, approvalShape, answer);
  return Object.fromEntries(Object.entries(answer as object).filter(([field]) => APPROVALS.includes(field)));
}
