import { z } from "zod";
import type { Json, Stream, StreamContext } from "../../contract.ts";
import type { GitLabConfig } from "../config.ts";
import { idIn, keyOf } from "../cursor.ts";
import { assertShape } from "../failures.ts";
import { BY_UPDATE, PAGED, whole } from "../lists.ts";
import type { Project, Session } from "../session.ts";
import type { Updated } from "../windows.ts";
import { FINAL_STATUSES } from "./kind.ts";
import { timedStream } from "./timed.ts";

const shape = z.looseObject({
  id: z.int(),
  sha: z.string(),
  status: z.string(),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }),
});

interface Pipeline extends Updated {
  readonly id: number;
  readonly status: string;
}

/** Pipelines; of those that deployed also when they ran, and their jobs, retried ones included. */
export const pipelineStream = (session: Session): Stream<GitLabConfig> => {
  const { api, config } = session;
  const deployed = new Map<number, ReadonlySet<number>>();
  const isWhole = ({ id }: Project, pipeline: number) =>
    config.pipelines === "all" || deployed.get(id)?.has(pipeline) === true;
  const show = async ({ id, path_with_namespace }: Project, pipeline: number) => {
    const shown: unknown = await api.Pipelines.show(id, pipeline);
    assertShape(`${path_with_namespace}: pipeline`, shape, shown);
    return shown as Pipeline;
  };
  return timedStream<Pipeline>(session, {
    stream: "pipeline",
    needs: ["deployment"],
    feature: "builds",
    shape,
    question: config.pipelines,
    idOf: ({ id }) => id,
    ask: async ({ id }, window, page) =>
      await api.Pipelines.all(id, {
        ...BY_UPDATE,
        ...window,
        page,
      }),
    show,
    isFinal: ({ status }) => FINAL_STATUSES.has(status),
    isCompared: false,
    begin: async (project, context) => void deployed.set(project.id, await deployedIn(project, context)),
    whole: async (project, item) =>
      isWhole(project, item.id)
        ? await withJobs(session, project, await again(item, () => show(project, item.id)))
        : listed(item),
    ...(config.pipelines === "deployed" && {
      wanted: async (project, context) =>
        await misread(project, context, deployed.get(project.id) ?? new Set()),
    }),
  });
};

const LISTED = [
  "id",
  "iid",
  "project_id",
  "sha",
  "ref",
  "status",
  "source",
  "created_at",
  "updated_at",
  "web_url",
  "name",
];

/** As lists have it, also where it was asked for by id: what is stored does not depend on how it was found. */
const listed = (item: Pipeline): Json =>
  Object.fromEntries(
    LISTED.filter((field) => item[field] !== undefined).map((field) => [field, item[field] as Json]),
  );

/** What was asked for by id is whole already. */
const again = async (item: Pipeline, show: () => Promise<Pipeline>): Promise<Pipeline> =>
  item["detailed_status"] === undefined ? await show() : item;

async function withJobs(
  { api }: Session,
  { id, path_with_namespace }: Project,
  pipeline: Pipeline,
): Promise<Json> {
  const jobs = await whole<Record<string, unknown>>({
    what: `${path_with_namespace}: jobs of pipeline ${pipeline.id}`,
    shape: z.looseObject({ id: z.int(), name: z.string(), status: z.string() }),
    ask: (page) =>
      api.Jobs.all(id, {
        pipelineId: pipeline.id,
        includeRetried: true,
        ...PAGED,
        page,
      }),
  });
  return { ...pipeline, jobs: jobs.map(kept) };
}

const KEPT = [
  ...[
    "id",
    "name",
    "stage",
    "status",
    "allow_failure",
    "created_at",
    "started_at",
    "finished_at",
    "duration",
  ],
  ...["queued_duration", "failure_reason", "retried", "manual", "web_url"],
];

/** Commit and pipeline stand in every job again, and who runs it with all that is known of them. */
const kept = (job: Record<string, unknown>) => ({
  ...Object.fromEntries(KEPT.filter((field) => job[field] !== undefined).map((field) => [field, job[field]])),
  user: (job["user"] as { username?: string } | null)?.username ?? null,
});

const PIPELINE = "$.deployable.pipeline.id";

/** Pipelines that deployed, as deployments say. */
async function deployedIn({ id }: Project, { storedOf }: StreamContext): Promise<Set<number>> {
  const said = await storedOf?.("deployment").saying(keyOf(id, ""), [PIPELINE]);
  return new Set(
    [...(said?.values() ?? [])].map(([one]) => Number(one ?? NaN)).filter((one) => !Number.isNaN(one)),
  );
}

/** Those that were read before anybody knew that they deploy, or whose deployments are gone since. */
async function misread(
  { id }: Project,
  { stored }: StreamContext,
  deployed: ReadonlySet<number>,
): Promise<number[]> {
  const said = new Map(
    [...((await stored?.saying(keyOf(id, ""), ["$.jobs"])) ?? [])].map(([key, [jobs]]) => [
      Number(idIn(key)),
      jobs,
    ]),
  );
  const unread = [...deployed].filter((one) => (said.get(one) ?? null) === null);
  const unwanted = [...said].filter(([one, jobs]) => jobs !== null && !deployed.has(one)).map(([one]) => one);
  return [...unread, ...unwanted];
}
