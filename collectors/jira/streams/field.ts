import type { Json, Stream } from "../../contract.ts";
import type { JiraConfig } from "../config.ts";
import { assertResolved } from "../names.ts";
import type { Session } from "../session.ts";

/** All fields as they are now: by them, names in the configuration find their values. */
export const fieldStream = (session: Session): Stream<JiraConfig> => ({
  name: "field",
  needs: [],
  async *pages(_, __, context) {
    session.serve(context);
    const fields = await session.fields();
    yield {
      records: fields.map((one) => ({ key: one.id, payload: one as Json })),
      cursor: null,
      isSnapshotEnd: true,
    };
    // Everything else is read without them; what the configuration names wrongly is never passed over.
    assertResolved((await session.resolved()).problems);
  },
});

/** Where Jira is for people, since its API may be reached at another address. */
export const siteStream = (session: Session): Stream<JiraConfig> => ({
  name: "site",
  needs: [],
  async *pages(_, __, context) {
    session.serve(context);
    yield {
      records: [{ key: "site", payload: await session.platform.site() }],
      cursor: null,
      isSnapshotEnd: true,
    };
  },
});
