import { badGateway, cut, loginPage, truncated, unavailable } from "../../server/damage.ts";
import type { Sent } from "../../server/send.ts";

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
  /** 429, and when the window ends, as seconds since 1970. */
  | "limit-until"
  | "redirect-away"
  | "unauthorized"
  /** Records without time of update. */
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
  "limit-until",
];

const RATE_LIMIT = "Retry later\n";

const limit = (whole: Sent, seconds?: number): Sent => ({
  ...whole,
  status: 429,
  headers: {
    ...whole.headers,
    "content-type": "text/plain",
    ...(seconds !== undefined && { "retry-after": String(seconds) }),
  },
  text: RATE_LIMIT,
});

/** What each makes of a whole answer. */
const DAMAGES: Readonly<Record<Fault, (whole: Sent, elsewhere: string) => Sent>> = {
  "ignores-query": (whole) => whole,
  "bad-gateway": badGateway,
  unavailable,
  cut,
  "truncated-json": truncated,
  limit: (whole) => limit(whole, 0),
  "long-limit": (whole) => limit(whole, 7),
  "limit-until": (whole) => limit(whole),
  "redirect-away": (whole, elsewhere) => ({
    ...whole,
    status: 302,
    headers: { location: `${elsewhere}/api/v4/projects` },
  }),
  unauthorized: (whole) => ({ ...whole, status: 401, text: '{"message":"401 Unauthorized"}' }),
  "bad-shape": (whole) => ({ ...whole, text: whole.text.replaceAll('"updated_at":', '"changed_at":') }),
  html: loginPage,
};

export const damaged = (whole: Sent, fault: Fault | undefined, elsewhere: string): Sent =>
  fault === undefined ? whole : DAMAGES[fault](whole, elsewhere);
