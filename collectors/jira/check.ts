import type { Check } from "../contract.ts";
import { unknownKinds, resolveFields, typesOf } from "./names.ts";
import type { Session } from "./session.ts";

/** Whether the token is accepted, which projects it may browse, and whether everything that the configuration names is there. */
export async function* check(session: Session): AsyncGenerator<Check> {
  const { projects, failures } = await session.scope();
  const subject = new URL(session.config.url).host;
  for (const { message } of failures) yield problem(subject, message);
  if (projects.length === 0) return;
  yield {
    status: "ok",
    subject,
    message: `the token is accepted and browses ${named(projects.map(({ key }) => key))}`,
  };
  const types = await session.types();
  const { problems } = resolveFields(session.config, await session.fields());
  for (const message of [...problems, ...unknownKinds(session.config, types)])
    yield problem(subject, message);
  yield* zone(session, subject);
  yield* desks(session, subject);
}

/** What is wrong, and after the last colon what to do about it. */
function problem(subject: string, message: string): Check {
  const at = message.lastIndexOf(": ");
  return { status: "problem", subject, message: message.slice(0, at), remedy: message.slice(at + 2) };
}

async function* zone(session: Session, subject: string): AsyncGenerator<Check> {
  if ((await session.zone()) !== undefined) return;
  yield {
    status: "warning",
    subject,
    message: "Jira does not say in which time zone the token's owner is: each run reads half a day twice",
    remedy: "let the owner show their time zone in their profile",
  };
}

async function* desks(session: Session, subject: string): AsyncGenerator<Check> {
  const types = typesOf(session.config, "change_request", await session.types());
  const where = await session.changeRequests();
  if (where !== undefined) {
    yield {
      status: "ok",
      subject,
      message: `${await session.platform.count(where)} change requests may have approvals`,
    };
    return;
  }
  const [message, remedy] =
    types.length === 0
      ? ["no issue type is a change request", "name it under kinds, as in `Change: change_request`"]
      : [
          "none of the projects is one of Jira Service Management: change requests have no approvals",
          "give the token's owner access to it, or collect approvals from elsewhere",
        ];
  yield { status: "warning", subject, message, remedy };
}

const named = (keys: readonly string[]): string =>
  keys.slice(0, 5).join(", ") + (keys.length > 5 ? ` and ${keys.length - 5} more` : "");
