import type { Check } from "../contract.ts";
import { NEEDS, Refusal, type StreamName } from "./failures.ts";
import { type Feature, isOff, type Project, type Session } from "./session.ts";

type Asked = Extract<
  StreamName,
  "deployment" | "merge_request" | "pipeline" | "release" | "issue" | "commit"
>;

/** Whether the token is accepted, sees the projects that are meant, and may read each list; one request each. */
export async function* check(session: Session): AsyncGenerator<Check> {
  const subject = new URL(session.config.url).host;
  const { projects, failures } = await session.scope();
  for (const { message } of failures) yield { status: "problem", subject, message };
  yield projects.length === 0
    ? {
        status: "problem",
        subject,
        message: "there is no project that fits and that the token sees",
        remedy: "look at groups, projects, include and exclude, and give the token's owner the role Reporter",
      }
    : {
        status: "ok",
        subject,
        message: `the token is accepted and sees ${projects.length} projects that are meant`,
      };
  // Permissions are given by group: the project that was in use last stands for the others.
  const project = projects.toSorted((a, b) => lastIn(b) - lastIn(a))[0];
  if (project) yield* lists(session, project);
}

const lastIn = ({ last_activity_at }: Project) => Date.parse(String(last_activity_at)) || 0;

async function* lists({ api, config }: Session, project: Project): AsyncGenerator<Check> {
  const { id } = project;
  const one = { perPage: 1, page: 1 } as const;
  const asked: Readonly<Record<Asked, readonly [Feature, () => Promise<unknown>]>> = {
    deployment: ["environments", () => api.Deployments.all(id, one)],
    merge_request: ["merge_requests", () => api.MergeRequests.all({ projectId: id, ...one })],
    commit: ["repository", () => api.Commits.all(id, one)],
    pipeline: ["builds", () => api.Pipelines.all(id, one)],
    release: ["releases", () => api.ProjectReleases.all(id, one)],
    issue: ["issues", () => api.Issues.all({ projectId: id, ...one })],
  };
  for (const [stream, [feature, ask]] of Object.entries(asked) as [Asked, (typeof asked)[Asked]][]) {
    const isMeant = (config as Record<string, unknown>)[`${stream}s`] !== "none";
    if (!isMeant || isOff(project, feature)) continue;
    yield* refusal(project, stream, ask);
  }
}

async function* refusal(
  { path_with_namespace: subject }: Project,
  stream: Asked,
  ask: () => Promise<unknown>,
): AsyncGenerator<Check> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { role, without } = NEEDS[stream];
    yield {
      status: "problem",
      subject,
      message: `${error.message}: without it is missing: ${without}`,
      remedy: `give the token the scope read_api and the role ${role}, or turn the feature off in the project`,
    };
  }
}
