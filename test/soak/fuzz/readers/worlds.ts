import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { acmeBank, collected } from "../../../examples/acme-bank.ts";
import { acmeDocument } from "../../../examples/acme-document.ts";
import { acmeWith, companyDocument, environmentOf, startCompany } from "../../../fakes/company.ts";
import { gitlab } from "../../../fakes/gitlab/vendor.ts";
import { LAYERS } from "../../../../src/warehouse/query-file.ts";
import { put } from "../../../support/collection.ts";
import { makeRepository } from "../../../support/git.ts";
import type { Warehouse } from "../../../../src/warehouse/open.ts";
import { clearingUp } from "../../scenario.ts";
import type { Sample } from "../reader.ts";
import { deliveredLines } from "./events.ts";
import { reportFiles, source as reportSource } from "./evidence.ts";

const SMALL = 0.02;

/** So many records of each stream and event; of those with more, those with the most different shapes are as good as all. */
const MOST = 12;

/** Records as collections stored them, and the configuration that staging reads them with. */
export interface World {
  readonly document: object;
  readonly samples: readonly Sample[];
}

/** All of the model is left out. */
export const NOTHING = LAYERS.filter((layer) => layer !== "staging");

async function recordsOf(warehouse: Warehouse): Promise<Sample[]> {
  try {
    const rows = await warehouse.rows<{ name: string; payload: string }>(
      `select concat_ws('\t', source, stream, key) as name, payload::varchar as payload from raw.current
       qualify row_number() over (
         partition by source, stream, payload ->> '$.event' order by length(payload::varchar) desc, key
       ) <= ${MOST}
       order by name`,
    );
    return rows.map(({ name, payload }) => ({ name, bytes: Buffer.from(payload) }));
  } finally {
    warehouse.close();
  }
}

/** Acme's exports, or its events. */
export async function bank(events: boolean): Promise<World> {
  const document = acmeDocument(events ? "events.yaml" : "quarterdeck.yaml");
  const warehouse = await acmeBank({ scale: SMALL, document, events, without: NOTHING });
  return { document, samples: await recordsOf(warehouse) };
}

async function company(): Promise<World> {
  const running = await startCompany(SMALL);
  try {
    const document = companyDocument(running);
    const env = environmentOf(running);
    return {
      document,
      samples: await recordsOf(await acmeBank({ scale: SMALL, document, env, without: NOTHING })),
    };
  } finally {
    await Promise.all(running.map((one) => one.close()));
  }
}

let known: Promise<World> | undefined;
/** Served once for all who read a part of it. */
export const companyOnce = () => (known ??= company());

export async function gitlabGroup(): Promise<World> {
  const served = await gitlab.start({ port: 0, scale: SMALL });
  try {
    const document = acmeWith({ gitlab: gitlab.source(served.url) }, [gitlab]);
    const { env } = gitlab;
    return {
      document,
      samples: await recordsOf(await acmeBank({ scale: SMALL, document, env, without: NOTHING })),
    };
  } finally {
    await served.close();
  }
}

const made = (sources: object) => ({
  organisation: "Made up",
  services: { payments: { repository: "acme/payments" }, ledger: { repository: "acme/ledger" } },
  environments: { production: { kind: "production" } },
  sources,
});

/** What sources bring of a folder that is made for them. */
const brought = (
  make: (folder: string) => object | Promise<object>,
  env: Readonly<Record<string, string>> = {},
): Promise<World> =>
  clearingUp(async (atEnd) => {
    const folder = mkdtempSync(join(tmpdir(), "quarterdeck-fuzz-world-"));
    atEnd(() => rmSync(folder, { recursive: true, force: true }));
    const document = made(await make(folder));
    put(folder, { "quarterdeck.yaml": stringify(document) });
    return { document, samples: await recordsOf(await collected(folder, { env, without: NOTHING })) };
  });

const MESSAGES = [
  "Correct rounding (#12)\n\nFixes PAY-7.\n\nCo-authored-by: Bo <bo@example.org>\n",
  'Revert "Correct rounding (#12)" (#13)\n\nThis reverts commit {sha:0}.\n',
  "Merge pull request #14 from acme/topic\n\nCloses #4, #6 and PAY-12\n(cherry picked from commit {sha:0})\n",
  "Merge branch 'topic'\n\nSee merge request acme/payments!15\nFixes: {sha:1}\n",
];

/** A repository with tags that are releases and deployments, and with runbooks. */
export const repositories = () =>
  brought(async (folder) => {
    const path = join(folder, "payments");
    await makeRepository(path, [
      ...MESSAGES.map((message, index) => ({
        commit: String(index),
        message,
        files: { "runbooks/payments.md": String(index) },
      })),
      { tag: "v1.0.0", of: "1", at: "2026-02-01T09:00:00Z", message: "First" },
      { tag: "v1.1.0", of: "3" },
    ]);
    const releases = [{ tags: "v{version}", service: "payments" }];
    const runbooks = [{ files: "runbooks/{service}.md" }];
    const repository = { path, repository: "acme/payments", releases, runbooks };
    return { code: { collector: "git", repositories: [repository] } };
  });

export const reports = () =>
  brought((folder) => {
    const files = reportFiles().map(({ name, bytes }, index) => [
      `in/${name.replace("/a.", `/${index}.`)}`,
      bytes,
    ]);
    put(folder, Object.fromEntries(files) as Record<string, Buffer>);
    return { reports: reportSource };
  });

/** GitHub's webhooks, where nobody may ask GitHub itself. */
export const deliveries = () =>
  brought(
    (folder) => {
      put(folder, { "in/a.ndjson": `${deliveredLines().join("\n")}\n` });
      return { hooks: { collector: "github", deliveries: { paths: ["in/*"], webhook_secret: "${HOOK}" } } };
    },
    { HOOK: "secret" },
  );
