import type { IncomingMessage, ServerResponse } from "node:http";
import { send } from "../server/send.ts";
import { FakeServer } from "../server/server.ts";
import { answer, error, type Reply } from "./answer.ts";
import { damaged, type Fault } from "./server/faults.ts";
import type { World } from "./world/world.ts";

export const DEMO_TOKEN = "demo-token-of-the-fake-servicenow";

/** Says of each request in turn what goes wrong with it. */
export type FaultPlan = (path: string) => Fault | undefined;

export interface FakeOptions {
  readonly world: World;
  /** Who is let in: the whole of the header `authorization` or `x-sn-apikey`. */
  readonly letIn?: readonly string[];
  /** Tables that the user may read; all, where nothing is said. */
  readonly readable?: readonly string[];
  readonly withheld?: readonly string[];
  readonly mayCount?: boolean;
  /** `glide.invalid_query.returns_no_rows` */
  readonly isStrict?: boolean;
  readonly faults?: FaultPlan;
  readonly port?: number;
}

export interface Request {
  /** Path and parameters. */
  readonly url: string;
  readonly status: number;
}

const HEADERS = { "content-type": "application/json;charset=UTF-8" };

/** A ServiceNow of one's own on this machine. */
export class FakeServiceNow extends FakeServer {
  readonly world: World;
  readonly requests: Request[] = [];
  faults: FaultPlan;
  readonly #options: FakeOptions;

  constructor(options: FakeOptions) {
    super();
    this.world = options.world;
    this.faults = options.faults ?? (() => undefined);
    this.#options = options;
  }

  protected override serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.url);
    const fault = this.faults(request.url ?? "");
    if (fault === "ignores-query") searchParams.delete("sysparm_query");
    const given = request.headers.authorization ?? String(request.headers["x-sn-apikey"]);
    const sent = damaged(this.#answer(given, pathname, searchParams), fault, this.elsewhere);
    this.requests.push({ url: request.url ?? "", status: sent.status });
    const date = new Date(this.world.now * 1000).toUTCString();
    send(response, { ...sent, headers: { ...HEADERS, date, ...sent.headers } });
  }

  #answer(given: string, path: string, query: URLSearchParams): Reply {
    const {
      letIn = [`Bearer ${DEMO_TOKEN}`],
      readable,
      withheld = [],
      mayCount = true,
      isStrict = false,
    } = this.#options;
    if (!letIn.includes(given))
      return error(401, "User Not Authenticated", "Required to provide Auth information");
    const name = path.split("/").at(-1) ?? "";
    if (readable && !readable.includes(name))
      return error(403, "User Not Authorized", "Failed API level ACL Validation");
    return answer(this.world, path, query, { withheld, mayCount, isStrict });
  }
}

export const startFakeServiceNow = (options: FakeOptions): Promise<FakeServiceNow> =>
  new FakeServiceNow(options).listen(options.port);
