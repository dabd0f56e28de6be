import { SourceError } from "../../src/errors.ts";
import { type Authorization, basic, key, token } from "../http/authorization.ts";
import { HttpClient } from "../http/client.ts";
import { type HttpEffects, realEffects } from "../http/effects.ts";
import type { ServiceNowConfig } from "./config.ts";
import { explain, SOURCE } from "./failures.ts";
import { both, type Place } from "./query.ts";
import { placeOf, readRows, type RowPage } from "./rows.ts";
import type { Table } from "./tables.ts";

/** What is asked of a table, beside its own query. */
export interface Asked {
  readonly where?: string;
  readonly order?: string;
  readonly limit: number;
  readonly fields: readonly string[];
}

const FORBIDDEN = 403;
const FEWEST = 10;

/** One run of one source: its streams share the client, and what is known of the instance. */
export class Session {
  readonly config: ServiceNowConfig;
  readonly client: HttpClient;
  #isClockRight = false;

  constructor(config: ServiceNowConfig, effects: HttpEffects = realEffects) {
    this.config = config;
    this.client = new HttpClient(
      {
        source: SOURCE,
        vendor: "ServiceNow",
        url: config.url,
        authorization: authorizationOf(config),
        explain,
      },
      effects,
    );
  }

  /** What a condition holds for, in an order. An answer that ServiceNow broke off is asked for again, with fewer records. */
  async rows({ name, query }: Pick<Table, "name" | "query">, asked: Asked): Promise<RowPage> {
    const { where = "", order = "", limit, fields } = asked;
    const { body, headers } = await this.client.get(`/api/now/table/${name}`, {
      sysparm_query: both(where, query, order),
      sysparm_limit: limit,
      sysparm_fields: fields.join(","),
      sysparm_display_value: "all",
      sysparm_exclude_reference_link: true,
    });
    const page = readRows(name, body, headers, limit);
    if (page !== undefined) return page;
    if (limit > FEWEST) return this.rows({ name, query }, { ...asked, limit: Math.max(FEWEST, limit >> 1) });
    throw new SourceError(
      SOURCE,
      "network",
      `${name}: ServiceNow breaks off even ${FEWEST} records: ask its administrator for a longer quota of REST transactions`,
    );
  }

  /** How many records there are, also such as the user may not see. */
  async count(table: Pick<Table, "name" | "query">): Promise<number | undefined> {
    const path = `/api/now/stats/${table.name}`;
    const { status, body } = await this.client.get(
      path,
      { sysparm_query: table.query, sysparm_count: true },
      [FORBIDDEN],
    );
    const counted = status === FORBIDDEN ? undefined : countIn(body);
    return counted ?? (await this.rows(table, { limit: 1, fields: ["sys_id"] })).total;
  }

  /**
   * Once a run: a record is found under the time that it has; the last that was read, or the newest. A table that is
   * empty or refused proves nothing, so the next is asked.
   * @throws {SourceError}
   */
  async assertClock(table: Table, last: Place | undefined): Promise<void> {
    if (!this.#isClockRight) this.#isClockRight = await this.#findsByTime(table, last);
  }

  /** @returns false where there is no record to look for */
  async #findsByTime({ name }: Table, last: Place | undefined): Promise<boolean> {
    const ask = async (asked: Pick<Asked, "where" | "order">) =>
      (await this.rows({ name, query: "" }, { ...asked, limit: 1, fields: ["sys_id", "sys_updated_on"] }))
        .rows[0];
    if (last && last.id !== "" && (await ask({ where: sameTime(last) }))) return true;
    // One that is updated in between is not found; the next newest is.
    for (let tries = 0; tries < 3; tries += 1) {
      const newest = await ask({ order: "ORDERBYDESCsys_updated_on" });
      if (!newest) return false;
      if (await ask({ where: sameTime(placeOf(newest)) })) return true;
    }
    throw new SourceError(
      SOURCE,
      "schema",
      `${name}: ServiceNow does not read times in queries as UTC, so that updates would be missed: set the time zone of the user to GMT`,
    );
  }
}

const sameTime = ({ updated, id }: Place) => `sys_updated_on=${updated}^sys_id=${id}`;

function countIn(body: unknown): number | undefined {
  const { result } = body as { result?: { stats?: { count?: unknown } } };
  const count = Number(result?.stats?.count ?? Number.NaN);
  return Number.isInteger(count) ? count : undefined;
}

function authorizationOf({ user, password, token: access, api_key }: ServiceNowConfig): Authorization {
  if (api_key !== undefined) return key(api_key, "x-sn-apikey");
  if (access !== undefined) return token(access);
  if (user !== undefined && password !== undefined) return basic(user, password);
  throw new TypeError("the configuration allows none of these to be missing");
}
