import { GraphqlResponseError } from "@octokit/graphql";
import { RequestError } from "@octokit/request-error";
import { SourceError } from "../../../src/errors.ts";
import { type HttpEffects, realEffects } from "../../http/effects.ts";
import type { GitHubConfig } from "../config.ts";
import { type Answer, answerIn, isAnswer } from "./answer.ts";
import { Call } from "./call.ts";
import type { Rate, Resource } from "./credentials.ts";
import { documentOf } from "./documents.ts";
import { RETRIES } from "./octokit.ts";
import type { PageSize } from "./page-size.ts";
import { type Found, foundIn, listIn, receivedIn, type RestList } from "./rest.ts";
import { Tries } from "./tries.ts";

/** What a run asked, for its report. */
export interface Counts {
  calls: number;
  points: number;
  retries: number;
  /** Seconds. */
  waited: number;
}

/** Asks GitHub: waits where it must, tries again where that helps, and keeps count. */
export class GitHub {
  readonly #url: string;
  readonly #tries: Tries;

  constructor(config: GitHubConfig, effects: HttpEffects = realEffects) {
    this.#url = config.url;
    this.#tries = new Tries(config, effects);
  }

  get counts(): Readonly<Counts> {
    return this.#tries.counts;
  }

  /** Says why it takes so long. */
  set report(report: (message: string) => void) {
    this.#tries.report = report;
  }

  /** Asks an operation of graphql/. With a page size, `first` is how many fit at the moment. */
  query(operation: string, variables: object, size?: PageSize): Promise<Answer> {
    return this.#query(operation, () => ({ ...variables, ...(size && { first: size.current }) }), size);
  }

  /** Asks for the first of these ids, as many as fit at the moment. */
  byId(operation: string, ids: readonly string[], variables: object, size: PageSize): Promise<Answer> {
    return this.#query(operation, () => ({ ...variables, ids: ids.slice(0, size.current) }), size);
  }

  async #query(operation: string, variables: () => object, size: PageSize | undefined): Promise<Answer> {
    const call = new Call("graphql", variables, size);
    try {
      const data = await this.#tries.octokit.graphql<Answer["data"]>(documentOf(operation), { request: { call } });
      return { data, problems: [] };
    } catch (error) {
      // Some parts that never came are better than none: the caller sees which.
      if (error instanceof GraphqlResponseError) return answerIn(error.response);
      const body = error instanceof RequestError ? error.response?.data : undefined;
      if (isAnswer(body) && body.data) return answerIn(body);
      throw this.#givenUp(error);
    }
  }

  /** Asks a REST address. What is as it was with this ETag costs nothing. */
  async find<Body>(path: string, etag?: string): Promise<Found<Body>> {
    const request = { call: new Call("core") };
    try {
      return foundIn(receivedIn(await this.#tries.octokit.request({ method: "GET", url: path, headers: unless(etag), request })));
    } catch (error) {
      throw this.#givenUp(error);
    }
  }

  /** GitHub says 404 of what the token may not see, too, and at times of what is there: of a part of what it has, that is no answer. */
  async has(path: string): Promise<boolean> {
    return (await this.find(path)).kind !== "absent";
  }

  /** A REST list, page by page; it ends with the first page that is not given. */
  async *pages<Item>(path: string, etag?: string): AsyncGenerator<Found<RestList<Item>>> {
    const request = { call: new Call("core") };
    const first = this.#tries.octokit.request.defaults({ method: "GET", url: path, headers: unless(etag), request });
    try {
      for await (const answer of this.#tries.octokit.paginate.iterator(first)) {
        const page = listIn<Item>(receivedIn(answer));
        yield page;
        if (page.kind !== "found") return;
      }
    } catch (error) {
      throw this.#givenUp(error);
    }
  }

  /** A whole REST list, newest first as GitHub gives it: what is new shows on its first page, so the ETag is of that. */
  async findAll<Item>(path: string, etag?: string): Promise<Found<RestList<Item>>> {
    const items: Item[] = [];
    let first: Extract<Found<RestList<Item>>, { kind: "found" }> | undefined;
    for await (const page of this.pages<Item>(path, etag)) {
      if (page.kind !== "found") return page;
      first ??= page;
      items.push(...page.body.items);
    }
    return { kind: "found", etag: first?.etag, body: { items, total: first?.body.total } };
  }

  /** Points and REST requests that each token has left. Asking costs none, and is answered when none are left. */
  rates(): Promise<Readonly<Record<Resource, readonly Rate[]>>> {
    return this.#tries.rates();
  }

  #givenUp(error: unknown): unknown {
    if (!(error instanceof RequestError)) return error;
    if (error.status === 429)
      return new SourceError("github", "rate", "GitHub asks to wait again and again: the next run goes on from here");
    return new SourceError(
      "github",
      "network",
      `no good answer from ${this.#url} after ${RETRIES + 1} tries, at last ${error.message}: the next run goes on from here`,
    );
  }
}

const unless = (etag: string | undefined) => (etag === undefined ? {} : { "if-none-match": etag });
