import type { Json, StreamContext } from "../contract.ts";
import type { Session } from "./session.ts";

/** How many issues there are, and about how many calls reading all of them takes. */
export async function plan(
  session: Session,
  { warn }: StreamContext,
  cursors: Readonly<Record<string, Json | undefined>>,
): Promise<string[]> {
  const { projects, failures } = await session.scope();
  for (const message of [...failures.map((one) => one.message), ...(await session.resolved()).problems]) warn(message);
  const issues = await countOf(session, await session.everything());
  const requests = await countOf(session, await session.changeRequests());
  const calls = Math.ceil(issues / 100) + Math.ceil(issues / 1000) + Math.ceil(requests / 100) + requests;
  const whole = `${projects.length} projects, ${issues} issues, ${requests} change requests with approvals: everything takes about ${calls} calls`;
  const isFirst = Object.values(cursors).every((cursor) => cursor === undefined);
  return [isFirst ? whole : `${whole}; this run reads what was updated`, projects.map(({ key }) => key).join(", ")];
}

const countOf = async ({ platform }: Session, where: string | undefined): Promise<number> =>
  where === undefined ? 0 : platform.count(where);
