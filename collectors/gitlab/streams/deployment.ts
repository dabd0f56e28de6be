import { z } from "zod";
import type { Json, Stream } from "../../contract.ts";
import type { GitLabConfig } from "../config.ts";
import { assertShape } from "../failures.ts";
import { BY_UPDATE } from "../lists.ts";
import { environmentsOf } from "./snapshot.ts";
import type { Project, Session } from "../session.ts";
import type { Updated } from "../windows.ts";
import { FINAL_STATUSES } from "./kind.ts";
import { timedStream } from "./timed.ts";

const shape = z.looseObject({
  id: z.int(),
  sha: z.string().nullish(),
  status: z.string(),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }),
  environment: z.looseObject({ name: z.string() }).nullish(),
});

interface Deployment extends Updated {
  readonly id: number;
  readonly status: string;
  readonly environment?: { readonly id?: number; readonly name: string; readonly tier?: string } | null;
}

/** What was deployed where. Who approved it GitLab says of one at a time only. */
export const deploymentStream = (session: Session): Stream<GitLabConfig> => {
  const { api, config } = session;
  const show = async ({ id, path_with_namespace }: Project, deployment: number) => {
    const shown: unknown = await api.Deployments.show(id, deployment);
    assertShape(`${path_with_namespace}: deployment`, shape, shown);
    return shown as Deployment;
  };
  return timedStream<Deployment>(session, {
    stream: "deployment",
    needs: [],
    feature: "environments",
    shape,
    question: config.approvals,
    idOf: ({ id }) => id,
    ask: async ({ id }, window, page) =>
      await api.Deployments.all(id, {
        ...BY_UPDATE,
        ...window,
        page,
      }),
    show,
    isFinal: ({ status }) => FINAL_STATUSES.has(status),
    isCompared: true,
    whole: async (project, item) =>
      (await isAsked(session, project, item))
        ? await withApprovals(session, item, () => show(project, item.id))
        : withoutApprovals(item),
  });
};

/** GitLab tells the tier of an environment only where it lists environments. One that is gone has none. */
async function isAsked(session: Session, project: Project, { environment }: Deployment): Promise<boolean> {
  const { approvals } = session.config;
  if (approvals !== "production") return approvals === "all";
  const tiers = new Map((await environmentsOf(session, project)).map(({ name, tier }) => [name, tier]));
  const tier = tiers.get(environment?.name ?? "");
  return tier === undefined || tier === "production";
}

/** Where GitLab knows no approvals, as in its free edition, nothing more is asked in this run. */
async function withApprovals(
  session: Session,
  item: Deployment,
  show: () => Promise<Deployment>,
): Promise<Json> {
  if (item["approvals"] !== undefined) return item as unknown as Json;
  if (session.known.has(NO_APPROVALS)) return withoutApprovals(item);
  const shown = await show();
  if (shown["approvals"] !== undefined) return shown as unknown as Json;
  session.known.set(NO_APPROVALS, Promise.resolve(true));
  return withoutApprovals(item);
}

const NO_APPROVALS = "no approvals";
const APPROVALS = new Set(["approvals", "pending_approval_count", "approval_summary"]);

/** As lists have it, also where it was asked for by id: what is stored does not depend on how it was found. */
const withoutApprovals = (item: Deployment): Json =>
  Object.fromEntries(Object.entries(item).filter(([field]) => !APPROVALS.has(field))) as Json;
