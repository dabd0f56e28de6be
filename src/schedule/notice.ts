import type { Effects } from "../effects.ts";

/** What a webhook is told of a failure. */
export interface Notice {
  readonly organisation: string;
  /** null = it concerns none, such as a build. */
  readonly source: string | null;
  readonly stream: string | null;
  readonly message: string;
  readonly consecutive_failures: number;
  readonly at: string;
}

const PATIENCE = 10_000;

/**
 * Sends a notice as JSON, with `text` for chat tools, which show that. Goes nowhere else than to the address.
 * @returns why it could not be sent, without the address, which is a secret; undefined = it was
 */
export async function sendNotice(url: string, notice: Notice, effects: Effects): Promise<string | undefined> {
  const { organisation, source, stream, message } = notice;
  const subject = [source, stream].filter((part) => part !== null).join(" ");
  const text = `Quarterdeck, ${organisation}: ${subject === "" ? "" : `${subject}: `}${message}`;
  try {
    const answer = await effects.fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text, ...notice }),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    await answer.body?.cancel();
    return answer.ok ? undefined : `it was answered with status ${answer.status}`;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return `no answer in ${PATIENCE / 1000} s`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return `the address does not answer${code}`;
}
