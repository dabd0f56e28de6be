import { z } from "zod";
import type { Json, Stream } from "../../contract.ts";
import type { GitLabConfig } from "../config.ts";
import { BY_UPDATE, PAGED, whole } from "../lists.ts";
import type { Project, Session } from "../session.ts";
import type { Updated } from "../windows.ts";
import { timedStream } from "./timed.ts";

const shape = z.looseObject({
  iid: z.int(),
  state: z.string(),
  title: z.string(),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }),
  labels: z.array(z.string()).nullish(),
});

interface Issue extends Updated {
  readonly iid: number;
}

/** Issues; of incidents also when they were closed and opened again, and when labels were put on. */
export const issueStream = (session: Session): Stream<GitLabConfig> => {
  const { api, config } = session;
  const asked =
    config.issues === "incidents" && config.incident.labels.length === 0 ? { issueType: "incident" } : {};
  return timedStream<Issue>(session, {
    stream: "issue",
    needs: [],
    feature: "issues",
    shape,
    question: JSON.stringify([config.issues, config.incident.labels]),
    idOf: ({ iid }) => iid,
    ask: async ({ id }, window, page) =>
      await api.Issues.all({
        projectId: id,
        scope: "all",
        ...BY_UPDATE,
        ...asked,
        ...window,
        page,
      }),
    show: async ({ id }, iid) => {
      const [found] = await api.Issues.all({ projectId: id, scope: "all", iids: [iid], ...asked });
      return found;
    },
    isCompared: true,
    whole: async (project, item) =>
      (isIncident(config, item)
        ? { ...item, ...(await events(session, project, item)) }
        : item) as unknown as Json,
  });
};

function isIncident({ incident: { labels } }: GitLabConfig, issue: Issue): boolean {
  const own = (Array.isArray(issue["labels"]) ? issue["labels"] : []).map((label) =>
    String(label).toLowerCase(),
  );
  return issue["issue_type"] === "incident" || labels.some((label) => own.includes(label.toLowerCase()));
}

async function events(
  { api }: Session,
  { id, path_with_namespace }: Project,
  { iid }: Issue,
): Promise<object> {
  const event = z.looseObject({ id: z.int(), created_at: z.iso.datetime({ offset: true }) });
  const what = (part: string) => `${path_with_namespace}#${iid}: ${part}`;
  const asked = (page: number) => ({ ...PAGED, page }) as const;
  return {
    state_events: await whole({
      what: what("state events"),
      shape: event,
      ask: (page) => api.IssueStateEvents.all(id, iid, asked(page)),
    }),
    label_events: await whole({
      what: what("label events"),
      shape: event,
      ask: (page) => api.IssueLabelEvents.all(id, iid, asked(page)),
    }),
  };
}
