import { SourceError } from "../../../src/errors.ts";
import type { Answer } from "../../http/answer.ts";
import type { JiraConfig } from "../config.ts";

/** Jira's no to one request. */
export class Refused extends SourceError {
  readonly status: number;

  constructor(failure: "auth" | "missing" | "schema", status: number, message: string) {
    super("jira", failure, message);
    this.status = status;
  }
}

/** What an answer that is none means, in Jira's own words. */
export function refusal(
  { token, email, deployment }: JiraConfig,
  { status, headers, body }: Answer,
  path: string,
): Refused {
  const said = wordsOf(body);
  const because = said === "" ? "" : `: ${said}`;
  if (status === 401) {
    const holder = email === undefined ? "" : ` with the address ${email}`;
    const remedy =
      deployment === "cloud" && email === undefined
        ? "renew it, or set email if it is an API token"
        : "make a new one";
    return new Refused(
      "auth",
      status,
      `the token in ${token.variable}${holder} is not accepted: it is wrong, expired or revoked; ${remedy}`,
    );
  }
  if (headers.get("x-seraph-loginreason")?.includes("AUTHENTICATION_DENIED") === true)
    return new Refused(
      "auth",
      status,
      "Jira asks the token's owner for a CAPTCHA: log in once in a browser, then collect again",
    );
  if (status === 403)
    return new Refused(
      "auth",
      status,
      `${path} is not allowed${because}: give the token's owner the permission that collectors/jira/README.md names`,
    );
  if (status === 404)
    return new Refused(
      "missing",
      status,
      `${path} is not there${because}. Is url the address of Jira, and deployment right?`,
    );
  return new Refused("schema", status, `${path}: answered with status ${status}${because}`);
}

/** What Jira says in its several forms of error. */
function wordsOf(body: unknown): string {
  if (typeof body !== "object" || body === null) return "";
  const { errorMessages, errors, errorMessage, message } = body as Record<string, unknown>;
  const named = typeof errors === "object" && errors !== null ? Object.values(errors) : [];
  const all = [
    ...(Array.isArray(errorMessages) ? (errorMessages as unknown[]) : []),
    ...(named as unknown[]),
    errorMessage,
    message,
  ];
  return all
    .filter((one) => typeof one === "string" && one !== "")
    .join(" ")
    .slice(0, 500);
}
