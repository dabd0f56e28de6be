import { z } from "zod";
import type { Json, Page, RawRecord, Stream } from "../../contract.ts";
import type { GitLabConfig } from "../config.ts";
import { keyOf } from "../cursor.ts";
import { assertShape, Failures, Refusal } from "../failures.ts";
import { isOff, type Project, type Session } from "../session.ts";

const shape = z.looseObject({ name: z.string(), commit: z.looseObject({ id: z.string().min(1) }) });

type Branch = z.output<typeof shape>;

/** The main line of a project; undefined where there is none yet. */
export function mainLine(session: Session, project: Project): Promise<Branch | undefined> {
  const key = `main line ${project.id}`;
  const asked = (session.known.get(key) as Promise<Branch | undefined> | undefined) ?? ask(session, project);
  session.known.set(key, asked);
  return asked;
}

async function ask({ api }: Session, project: Project): Promise<Branch | undefined> {
  const { id, default_branch, path_with_namespace } = project;
  if (!default_branch || isOff(project, "repository")) return undefined;
  try {
    const branch: unknown = await api.Branches.show(id, default_branch);
    assertShape(`${path_with_namespace}: branch`, shape, branch);
    return branch as Branch;
  } catch (error) {
    // A repository without a commit names a main line that is not there.
    if (error instanceof Refusal && error.status === 404) return undefined;
    throw error;
  }
}

/** Where the main line of each project points now. */
export const branchStream = (session: Session): Stream<GitLabConfig> => ({
  name: "branch",
  needs: [],
  async *pages(_, __, context): AsyncGenerator<Page> {
    session.client.reportTo(context);
    const { projects } = await session.scope();
    const failures = new Failures("branch");
    const records: RawRecord[] = [];
    for (const project of projects) {
      try {
        const branch = await mainLine(session, project);
        records.push({ key: keyOf(project.id, "main"), payload: branch ? (branch as Json) : null });
      } catch (error) {
        failures.add(project.path_with_namespace, error);
      }
    }
    yield { records, cursor: null };
    failures.end();
  },
});
