import type { Client } from "jira.js/core";
import type { z } from "zod";
import { basic, token } from "../../http/authorization.ts";
import { HttpClient, type Parameters as SearchParameters } from "../../http/client.ts";
import { type HttpEffects, realEffects } from "../../http/effects.ts";
import type { JiraConfig } from "../config.ts";
import { refusal } from "./refusal.ts";

export interface JiraEffects extends HttpEffects {
  /** Holds an answer against jira.js's schema. Tests throw; a run leaves fields that it does not need alone. */
  readonly hold?: (schema: z.ZodType, body: unknown, request: string) => void;
}

type Request = Parameters<Client["sendRequest"]>[0];

/**
 * The transport under jira.js's operations. Its own neither keeps to one origin nor gives up on a silent
 * server, and waits for limits by a clock that tests cannot replace.
 */
export class Jira implements Client {
  readonly http: HttpClient;
  readonly #hold: JiraEffects["hold"];

  constructor(config: JiraConfig, effects: JiraEffects = realEffects) {
    this.#hold = effects.hold;
    this.http = new HttpClient(
      {
        source: "jira",
        vendor: "Jira",
        url: config.url,
        authorization: config.email === undefined ? token(config.token) : basic(config.email, config.token),
        headers: { "user-agent": "quarterdeck" },
        explain: (answer, path) => refusal(config, answer, path),
      },
      effects,
    );
  }

  /** The body as it came. */
  async sendRequest<T>({ url, method = "GET", searchParams, body, schema }: Request): Promise<T> {
    const parameters = (searchParams ?? {}) as SearchParameters;
    const answer = await this.http.ask({ place: url, method, parameters, body });
    if (schema) this.#hold?.(schema, answer.body, `${method} ${url}`);
    return answer.body as T;
  }
}
