import { badGateway, cut, truncated, unavailable } from "../../server/damage.ts";
import type { Sent } from "../../server/send.ts";
import type { Reply } from "../answer.ts";

/** What may go wrong with an answer. */
export type Fault =
  | "bad-gateway"
  | "unavailable"
  /** The connection breaks after half of the body. */
  | "cut"
  /** A whole answer whose JSON ends too early. */
  | "truncated-json"
  /** 429, with no time left of the minute. */
  | "limit"
  /** 429, and seven seconds to wait. */
  | "long-limit"
  /** A redirect to another origin. */
  | "redirect-away"
  /** Log entries that name their incidents, whatever was asked for. */
  | "references"
  /** Records without an id. */
  | "bad-shape"
  | "html";

/** What a client must get over by itself. */
export const PASSING: readonly Fault[] = ["bad-gateway", "unavailable", "cut", "truncated-json", "limit"];

export function damaged({ status, body }: Reply, fault: Fault | undefined, elsewhere: string): Sent {
  const text = JSON.stringify(body);
  const whole = { status, headers: {}, text };
  switch (fault) {
    case undefined:
      return whole;
    case "bad-gateway":
      return badGateway(whole);
    case "unavailable":
      return unavailable(whole);
    case "cut":
      return cut(whole);
    case "truncated-json":
      return truncated(whole);
    case "limit":
    case "long-limit":
      return {
        ...whole,
        status: 429,
        headers: limitHeaders(fault === "limit" ? 0 : 7),
        text: '{"error":{"message":"Rate Limit Exceeded","code":2020}}',
      };
    case "redirect-away":
      return { ...whole, status: 302, headers: { location: `${elsewhere}/incidents` } };
    case "references":
      return {
        ...whole,
        text: JSON.stringify(body, (key, value: unknown) =>
          key === "incident" && isOfLog(body) ? asReference(value) : value,
        ),
      };
    case "bad-shape":
      return { ...whole, text: text.replaceAll('"id":', '"identifier":') };
    case "html":
      return { ...whole, headers: { "content-type": "text/html" }, text: "<html>Sign in</html>" };
  }
}

const limitHeaders = (reset: number) => ({
  "ratelimit-limit": "960",
  "ratelimit-remaining": "0",
  "ratelimit-reset": String(reset),
});

const isOfLog = (body: unknown) => typeof body === "object" && body !== null && "log_entries" in body;

function asReference(value: unknown): unknown {
  const { id, type } = value as { id: string; type: string };
  return type === "incident" ? { id, type: "incident_reference" } : value;
}
