import type { RawRecord, Stream } from "../../contract.ts";
import { payloadOf } from "../client/lists.ts";
import type { GitHubConfig } from "../config.ts";
import { Failures } from "../failures.ts";
import { foresee } from "../forecast.ts";
import type { Session } from "../session.ts";

/** The repositories that are meant, as they are called now. */
export const repositoryStream = (session: Session): Stream<GitHubConfig> => ({
  name: "repository",
  needs: [],
  async *pages(_, __, context) {
    const scope = await session.scope();
    const records = scope.repositories.map(
      (repository): RawRecord => ({
        key: repository.id,
        updatedAt: repository.updatedAt,
        payload: payloadOf(repository),
      }),
    );
    if (records.length === 0 && scope.failures.length === 0)
      context.warn("no repository fits: look at organisations, include and exclude, and at what the token may see");
    yield {
      records,
      cursor: null,
      ...(scope.failures.length === 0 && { isSnapshotEnd: true, declaredTotal: records.length }),
    };
    await foresee(session, scope.repositories, context);
    new Failures("repository").end(scope);
  },
});
