import type { Json, StreamContext } from "../contract.ts";
import type { Session } from "./session.ts";

/** Lists that a run asks of each project, whether there is anything new or not. */
const LISTS = 9;

/** Which projects there are. How much there is in each, GitLab says only of each list. */
export async function plan(
  session: Session,
  { foresee }: StreamContext,
  cursors: Readonly<Record<string, Json | undefined>>,
): Promise<readonly string[]> {
  const { projects, failures } = await session.scope();
  const least = 1 + projects.length * LISTS;
  const isNew = Object.values(cursors).every((cursor) => cursor === undefined);
  // Of a project that was never read nobody knows how long it is.
  if (!isNew) foresee?.({ calls: least, least });
  return [
    `${projects.length} projects: ${named(projects.map(({ path_with_namespace }) => path_with_namespace))}${isNew ? "" : "; this run reads what is new"}`,
    ...failures.map(({ message }) => message),
  ];
}

const NAMED = 20;

const named = (paths: readonly string[]) =>
  paths.length > NAMED
    ? `${paths.slice(0, NAMED).join(", ")} and ${paths.length - NAMED} more`
    : paths.join(", ");
