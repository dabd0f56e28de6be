import type { Forecast, StreamContext } from "../contract.ts";
import type { Session } from "./session.ts";

/** What a run asks that finds nothing new: site, fields, types, projects and zone; issues and approvals, each searched and counted; changelogs. */
const LEAST = 10;

/** How many issues there are, and about how many calls reading them takes. */
export async function plan(session: Session, context: StreamContext): Promise<string[]> {
  session.serve(context);
  const { projects, failures } = await session.scope();
  const { problems } = await session.resolved();
  for (const message of [...failures.map((one) => one.message), ...problems]) context.warn(message);
  const issues = await countOf(session, await session.everything());
  const requests = await countOf(session, await session.changeRequests());
  context.foresee?.(forecastOf(session, context.isUnread === true ? issues : 0, context.isUnread === true ? requests : 0));
  const keys = projects.map(({ key }) => key).join(", ");
  return [`${issues} issues of ${projects.length} projects (${keys}), ${requests} of them change requests with approvals`];
}

/** Data Center gives changelogs with the issues; approvals are asked for one by one. */
function forecastOf({ config }: Session, issues: number, requests: number): Forecast {
  const changelogs = config.deployment === "cloud" ? Math.ceil(issues / 1_000) : 0;
  return { calls: LEAST + Math.ceil(issues / 100) + changelogs + Math.ceil(requests / 100) + requests, least: LEAST };
}

const countOf = async ({ platform }: Session, where: string | undefined): Promise<number> =>
  where === undefined ? 0 : platform.count(where);
