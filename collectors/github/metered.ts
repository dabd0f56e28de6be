import type { Stream } from "../contract.ts";
import type { GitHubConfig } from "./config.ts";
import type { Session } from "./session.ts";

/**
 * Says of a stream why it takes so long, and what it cost: what the client counts while it is read, however that ends. Streams are
 * read one after the other.
 */
export const metered = ({ github }: Session, stream: Stream<GitHubConfig>): Stream<GitHubConfig> => ({
  ...stream,
  async *pages(config, cursor, context) {
    github.report = context.report;
    const before = { ...github.counts };
    try {
      yield* stream.pages(config, cursor, context);
    } finally {
      const { calls, points, retries, waited } = github.counts;
      context.usage.calls += calls - before.calls;
      context.usage.points = (context.usage.points ?? 0) + points - before.points;
      context.usage.retries += retries - before.retries;
      context.usage.waited += waited - before.waited;
    }
  },
});
