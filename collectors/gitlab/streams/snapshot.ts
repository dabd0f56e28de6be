import { z } from "zod";
import type { Json, Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import type { GitLabConfig } from "../config.ts";
import { keyOf } from "../cursor.ts";
import { Failures, type StreamName } from "../failures.ts";
import { MANY, PAGED, whole } from "../lists.ts";
import { type Feature, isOff, type Project, type Session } from "../session.ts";

interface Kind<Item> {
  readonly stream: StreamName;
  readonly feature: Feature;
  readonly idOf: (item: Item) => number | string;
  readonly updatedAt: (item: Item) => string | null | undefined;
  readonly all: (project: Project) => Promise<readonly Item[]>;
}

/** Short lists without a time of update to ask for: read as a whole, so that what is deleted is missed. */
const snapshotStream = <Item>(session: Session, kind: Kind<Item>): Stream<GitLabConfig> => ({
  name: kind.stream,
  needs: [],
  async *pages(_, __, context): AsyncGenerator<Page> {
    session.client.reportTo(context);
    const { projects } = await session.scope();
    const failures = new Failures(kind.stream);
    let records: RawRecord[] = [];
    for (const project of projects) {
      try {
        records.push(...(await recordsOf(kind, project, context)));
      } catch (error) {
        failures.add(project.path_with_namespace, error);
      }
      if (records.length < MANY) continue;
      yield { records, cursor: null };
      records = [];
    }
    yield { records, cursor: null };
    failures.end();
  },
});

/** All that there are, and those that are no more. */
async function recordsOf<Item>(
  kind: Kind<Item>,
  project: Project,
  { stored }: StreamContext,
): Promise<RawRecord[]> {
  const items = isOff(project, kind.feature) ? [] : await kind.all(project);
  const records = new Map<string, RawRecord>();
  for (const key of (await stored?.startingWith(keyOf(project.id, "")))?.keys() ?? [])
    records.set(key, { key, payload: null });
  for (const item of items) {
    const key = keyOf(project.id, kind.idOf(item));
    const at = kind.updatedAt(item);
    records.set(key, { key, ...(typeof at === "string" && { updatedAt: at }), payload: item as Json });
  }
  return [...records.values()];
}

interface Environment {
  readonly id: number;
  readonly name: string;
  readonly tier?: string | null;
  readonly updated_at?: string | null;
}

/** Deployments ask for them too. */
export function environmentsOf(
  session: Session,
  { id, path_with_namespace }: Project,
): Promise<Environment[]> {
  const key = `environments ${id}`;
  const known = session.known.get(key) as Promise<Environment[]> | undefined;
  const asked =
    known ??
    whole<Environment>({
      what: `${path_with_namespace}: environment`,
      shape: z.looseObject({ id: z.int(), name: z.string() }),
      ask: (page) => session.api.Environments.all(id, { ...PAGED, page }),
    });
  session.known.set(key, asked);
  return asked;
}

export const environmentStream = (session: Session) =>
  snapshotStream<Environment>(session, {
    stream: "environment",
    feature: "environments",
    idOf: ({ id }) => id,
    updatedAt: ({ updated_at }) => updated_at,
    all: (project) => environmentsOf(session, project),
  });

interface Release {
  readonly tag_name: string;
  readonly released_at?: string | null;
}

export const releaseStream = (session: Session) =>
  snapshotStream<Release>(session, {
    stream: "release",
    feature: "releases",
    idOf: ({ tag_name }) => tag_name,
    updatedAt: ({ released_at }) => released_at,
    all: ({ id, path_with_namespace }) =>
      whole<Release>({
        what: `${path_with_namespace}: release`,
        shape: z.looseObject({ tag_name: z.string().min(1), released_at: z.string().nullish() }),
        ask: (page) => session.api.ProjectReleases.all(id, { ...PAGED, page }),
      }),
  });
