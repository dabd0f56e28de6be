import { badGateway, cut, loginPage, truncated, unavailable } from "../../server/damage.ts";
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
export const PASSING: readonly Fault[] = [
  "bad-gateway",
  "unavailable",
  "cut",
  "truncated-json",
  "limit",
  "cancelled",
];

const CANCELLED = {
  error: {
    message: "Transaction cancelled: maximum execution time exceeded",
    detail: "Transaction cancelled: maximum execution time exceeded Check logs for error trace",
  },
  status: "failure",
};

const RATE_LIMIT =
  '{"error":{"message":"Rate limit exceeded","detail":"Rejected by a rule of rate limits"},"status":"failure"}';

/** What each makes of a whole answer. */
const DAMAGES: Readonly<Record<Fault, (whole: Sent, elsewhere: string) => Sent>> = {
  "ignores-query": (whole) => whole,
  "bad-gateway": badGateway,
  unavailable,
  cut,
  "truncated-json": truncated,
  limit: (whole) => ({ ...whole, status: 429, headers: { "retry-after": "0" }, text: RATE_LIMIT }),
  "long-limit": (whole) => ({ ...whole, status: 429, headers: { "retry-after": "7" }, text: RATE_LIMIT }),
  cancelled: (whole) => ({ ...whole, text: JSON.stringify({ ...halved(whole.text), ...CANCELLED }) }),
  "redirect-away": (whole, elsewhere) => ({
    ...whole,
    status: 302,
    headers: { location: `${elsewhere}/api/now/table/incident` },
  }),
  unauthorized: (whole) => ({
    ...whole,
    status: 401,
    text: '{"error":{"message":"User Not Authenticated"},"status":"failure"}',
  }),
  "bad-shape": (whole) => ({ ...whole, text: whole.text.replaceAll('"sys_id":', '"id":') }),
  html: loginPage,
};

export function damaged({ status, body, total }: Reply, fault: Fault | undefined, elsewhere: string): Sent {
  const headers = total === undefined ? {} : { "x-total-count": String(total) };
  const whole: Sent = { status, headers, text: JSON.stringify(body) };
  return fault === undefined ? whole : DAMAGES[fault](whole, elsewhere);
}

function halved(text: string): { result?: unknown } {
  const { result } = JSON.parse(text) as { result?: unknown };
  return Array.isArray(result) ? { result: result.slice(0, result.length >> 1) } : {};
}
