import type { Reply } from "../answer.ts";

/** What may go wrong with an answer. */
export type Fault =
  | "bad-gateway"
  | "unavailable"
  /** The connection breaks after half of the body. */
  | "cut"
  /** A whole answer whose JSON ends too early. */
  | "truncated-json"
  /** 429, and nothing to wait for. */
  | "limit"
  /** 429, and seven seconds to wait. */
  | "long-limit"
  /** Half of the records with status 200, and beside them that a transaction was cancelled. */
  | "cancelled"
  | "redirect-away"
  | "unauthorized"
  /** Records without sys_id. */
  | "bad-shape"
  /** Everything, whatever was asked for. */
  | "ignores-query"
  | "html";

/** What a client must get over by itself. */
export const PASSING: readonly Fault[] = ["bad-gateway", "unavailable", "cut", "truncated-json", "limit", "cancelled"];

export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly isBroken: boolean;
}

const CANCELLED = {
  error: {
    message: "Transaction cancelled: maximum execution time exceeded",
    detail: "Transaction cancelled: maximum execution time exceeded Check logs for error trace",
  },
  status: "failure",
};

export function damaged({ status, body, total }: Reply, fault: Fault | undefined, elsewhere: string): Sent {
  const text = JSON.stringify(body);
  const headers = total === undefined ? {} : { "x-total-count": String(total) };
  const whole = { status, headers, text, isBroken: false };
  switch (fault) {
    case undefined:
    case "ignores-query":
      return whole;
    case "bad-gateway":
      return { ...whole, status: 502, text: "<html>Bad gateway</html>" };
    case "unavailable":
      return { ...whole, status: 503, headers: { "retry-after": "0" }, text: "" };
    case "cut":
      return { ...whole, isBroken: true };
    case "truncated-json":
      return { ...whole, text: text.slice(0, Math.ceil(text.length / 2)) };
    case "limit":
    case "long-limit":
      return {
        ...whole,
        status: 429,
        headers: { "retry-after": fault === "limit" ? "0" : "7" },
        text: '{"error":{"message":"Rate limit exceeded","detail":"Rejected by large REST API rate limit rule"},"status":"failure"}',
      };
    case "cancelled":
      return { ...whole, text: JSON.stringify({ ...halved(body), ...CANCELLED }) };
    case "redirect-away":
      return { ...whole, status: 302, headers: { location: `${elsewhere}/api/now/table/incident` } };
    case "unauthorized":
      return { ...whole, status: 401, text: '{"error":{"message":"User Not Authenticated"},"status":"failure"}' };
    case "bad-shape":
      return { ...whole, text: text.replaceAll('"sys_id":', '"id":') };
    case "html":
      return { ...whole, headers: { "content-type": "text/html" }, text: "<html>Log in</html>" };
  }
}

function halved(body: unknown): { result?: unknown } {
  const { result } = body as { result?: unknown };
  return Array.isArray(result) ? { result: result.slice(0, result.length >> 1) } : {};
}
