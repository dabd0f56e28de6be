import { SourceError } from "../../src/errors.ts";
import type { Check } from "../contract.ts";
import { type Address, NEEDS, PAYMENT_REQUIRED } from "./failures.ts";
import type { Session } from "./session.ts";

/** Whether the token is accepted and may read each list; one request each. */
export async function* check(session: Session): AsyncGenerator<Check> {
  const subject = new URL(session.config.url).host;
  const { incidents } = await session.extent();
  const count = incidents === undefined ? "" : ` and sees ${incidents} incidents`;
  yield { status: "ok", subject, message: `the token is accepted${count}` };
  if (incidents === 0)
    yield {
      status: "warning",
      subject,
      message: "there are no incidents that this token may see",
      remedy: "a key of a user sees what the user sees: use a read-only key of the account",
    };
  for (const path of Object.keys(NEEDS) as Address[]) yield* refusal(session, subject, path);
}

async function* refusal({ client }: Session, subject: string, path: Address): AsyncGenerator<Check> {
  try {
    const { status } = await client.get(path, { limit: 1 }, [PAYMENT_REQUIRED]);
    if (status === PAYMENT_REQUIRED)
      yield {
        status: "warning",
        subject,
        message: `the account's plan does not include ${path}`,
        remedy: "nothing, if it is not missed",
      };
  } catch (error) {
    if (!(error instanceof SourceError) || error.failure !== "auth") throw error;
    yield {
      status: "problem",
      subject,
      message: `the token may not read ${NEEDS[path].without}`,
      remedy: `give it "${NEEDS[path].scope}", or use a read-only key of the whole account`,
    };
  }
}
