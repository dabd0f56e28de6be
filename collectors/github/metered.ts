import type { Stream } from "../contract.ts";
import type { GitHubConfig } from "./config.ts";
import type { Session } from "./session.ts";

/** What the client counts while a stream is read is that stream's, however it ends: streams are read one after the other. */
export const metered = ({ github }: Session, stream: Stream<GitHubConfig>): Stream<GitHubConfig> => ({
  ...stream,
  async *pages(config, cursor, context) {
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
