import type { Json, Page, RawRecord, Stream } from "../../contract.ts";
import type { GitLabConfig } from "../config.ts";
import { Failures } from "../failures.ts";
import type { Project, Session } from "../session.ts";

/** What is kept of a project: those who maintain it are told secrets too, such as the token that registers runners. */
const KEPT = [
  ...["id", "name", "path", "path_with_namespace", "web_url", "default_branch", "visibility", "archived"],
  ...[
    "created_at",
    "updated_at",
    "last_activity_at",
    "marked_for_deletion_on",
    "topics",
    "merge_method",
    "squash_option",
  ],
  ...["only_allow_merge_if_pipeline_succeeds", "only_allow_merge_if_all_discussions_are_resolved"],
  ...["ci_forward_deployment_enabled", "ci_forward_deployment_rollback_allowed"],
];

/** The projects that are meant, as they are called now. */
export const projectStream = (session: Session): Stream<GitLabConfig> => ({
  name: "project",
  needs: [],
  async *pages(_, __, context): AsyncGenerator<Page> {
    session.client.reportTo(context);
    const { projects, failures } = await session.scope();
    const found = new Failures("project", failures);
    if (projects.length === 0 && found.isEmpty)
      context.warn("no project fits: look at groups, include and exclude, and at what the token may see");
    yield {
      records: projects.map(recordOf),
      cursor: null,
      ...(found.isEmpty && { isSnapshotEnd: true, declaredTotal: projects.length }),
    };
    found.end();
  },
});

function recordOf(project: Project): RawRecord {
  const at = project["updated_at"] ?? project["last_activity_at"];
  const kept = KEPT.filter((field) => project[field] !== undefined);
  return {
    key: String(project.id),
    ...(typeof at === "string" && { updatedAt: at }),
    payload: Object.fromEntries(kept.map((field) => [field, project[field] as Json])),
  };
}
