import { z } from "zod";
import { token } from "../http/authorization.ts";
import { HttpClient } from "../http/client.ts";
import { type HttpEffects, realEffects } from "../http/effects.ts";
import type { PagerDutyConfig } from "./config.ts";
import { explain } from "./failures.ts";
import { type List, pageOf, textIn } from "./lists.ts";
import { instant } from "./windows.ts";

const time = z.iso.datetime({ offset: true });
const reference = z.looseObject({ id: z.string().min(1) });

export const INCIDENTS: List = {
  path: "/incidents",
  field: "incidents",
  shape: z.looseObject({ id: z.string().min(1), created_at: time, status: z.string(), service: reference }),
  parameters: { time_zone: "UTC", sort_by: "created_at:desc" },
};

export const LOG_ENTRIES: List = {
  path: "/log_entries",
  field: "log_entries",
  shape: z.looseObject({ id: z.string().min(1), type: z.string(), created_at: time, incident: reference }),
  parameters: { time_zone: "UTC" },
};

/** Where the history of an account begins, by its own clock, and how many incidents it has. */
export interface Extent {
  readonly now: string;
  readonly first: string;
  /** Undefined where only a part of them is meant. */
  readonly incidents: number | undefined;
}

/** Before the first incident there may be change events. */
const BEFORE = 180 * 86_400_000;

/** One run of one source: its streams share the client and what is known of the account. */
export class Session {
  readonly config: PagerDutyConfig;
  readonly client: HttpClient;
  /** Whether all incidents were read to their end in this run: what is stored of them is then what there is. */
  areIncidentsRead = false;
  #extent: Promise<Extent> | undefined;

  constructor(config: PagerDutyConfig, effects: HttpEffects = realEffects) {
    this.config = config;
    this.client = new HttpClient(
      {
        source: "pagerduty",
        vendor: "PagerDuty",
        url: config.url,
        authorization: token(config.token, config.token_kind === "oauth" ? "Bearer " : "Token token="),
        headers: { accept: "application/vnd.pagerduty+json;version=2", "content-type": "application/json" },
        explain,
      },
      effects,
    );
  }

  extent(): Promise<Extent> {
    return (this.#extent ??= this.#ask());
  }

  async #ask(): Promise<Extent> {
    const oldest = { date_range: "all", sort_by: "created_at:asc", limit: 1 };
    const { items, total } = await pageOf(this.client, INCIDENTS, 0, oldest);
    // What happened in this very second is there already, and ends before the next.
    const now = new Date(this.client.now.getTime() + 1000);
    const [oldestItem] = items;
    const first = Date.parse((oldestItem && textIn(oldestItem, "created_at")) ?? now.toISOString()) - BEFORE;
    const { since } = this.config;
    return since === undefined
      ? { now: instant(now), first: instant(first), incidents: total }
      : { now: instant(now), first: `${since}T00:00:00Z`, incidents: undefined };
  }
}
