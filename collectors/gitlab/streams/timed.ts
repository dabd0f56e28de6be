import type { Page, Stream, StreamContext } from "../../contract.ts";
import type { GitLabConfig } from "../config.ts";
import { SEPARATOR, States } from "../cursor.ts";
import { Failures } from "../failures.ts";
import { isOff, type Project, type Session } from "../session.ts";
import type { Updated } from "../windows.ts";
import type { Kind } from "./kind.ts";
import { projectState, Reading } from "./reading.ts";

export const timedStream = <Item extends Updated>(
  session: Session,
  kind: Kind<Item>,
): Stream<GitLabConfig> => ({
  name: kind.stream,
  needs: kind.needs,
  async *pages({ since, lag }, cursor, context): AsyncGenerator<Page> {
    session.client.reportTo(context);
    const { projects } = await session.scope();
    const states = new States(projectState, cursor, `${since ?? ""} ${kind.question ?? ""}`);
    states.keepOnly(new Set(projects.map(({ id }) => id)));
    const failures = new Failures(kind.stream);
    const totals: (number | undefined)[] = [];
    const first = since === undefined ? "" : `${since}T00:00:00.000Z`;
    for (const project of projects.filter((one) => !isOff(one, kind.feature))) {
      const reading = new Reading(kind, {
        project,
        context,
        states,
        bounds: { now: session.client.now, first, lag },
      });
      try {
        yield* filled(reading.pages());
        totals.push(reading.total);
      } catch (error) {
        failures.add(project.path_with_namespace, error);
      }
    }
    yield {
      records: [],
      cursor: states.cursor(),
      ...(failures.isEmpty && (await declared(totals, projects, context))),
    };
    failures.end();
  },
});

/** How far a page without records came is stored with what comes next, at the latest at the end. */
async function* filled(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  for await (const page of pages) if (page.records.length > 0) yield page;
}

/** How many there are, where GitLab says so of each project and nothing else is stored. */
async function declared(
  totals: readonly (number | undefined)[],
  projects: readonly Project[],
  { stored }: StreamContext,
): Promise<{ declaredTotal?: number }> {
  const parts = [...((await stored?.counts(SEPARATOR)) ?? new Map<string, number>()).keys()];
  const isAll = parts.every((part) => projects.some(({ id }) => String(id) === part));
  const known = totals.filter((one) => one !== undefined);
  return isAll && known.length === totals.length
    ? { declaredTotal: known.reduce((sum, one) => sum + one, 0) }
    : {};
}
