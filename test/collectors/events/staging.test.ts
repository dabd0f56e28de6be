import { describe, expect, test } from "vitest";
import { STATED_ENTITIES } from "../../../collectors/events/custom-data.ts";
import { entityOf } from "../../../collectors/files/entities.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { event, EXAMPLES, exampleLines, line, staged } from "./support.ts";

const services = { "shop/api": "api", "shop/old": "old" };
const story = staged({ "log.ndjson": EXAMPLES }, { services });

const A = "a".repeat(40);
const B = "b".repeat(40);
const at = (dayAndTime: string) => `2026-03-${dayAndTime}Z`;

/** Rows of a staging relation without its source and without what is null. */
async function rows(warehouse: Warehouse, relation: string): Promise<object[]> {
  const found = await warehouse.rows<Record<string, unknown>>(`select * from staging.events_${relation}`);
  return found.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(([column, value]) => value !== null && column !== "source"),
    ),
  );
}

const deployed = (context: object, subject: object) =>
  line(event(context, { subject: { id: "api", ...subject } }));

describe("the examples", () => {
  test("have an event of every type that is understood", async () => {
    const known = await (
      await story
    ).rows<{ type: string }>("select subject_type || '.' || predicate as type from staging.events_type");
    const shown = exampleLines.map((text) => {
      const { context } = JSON.parse(text) as { context: { type: string } };
      return context.type.split(".").slice(2, 4).join(".");
    });
    expect([...new Set(shown)].sort()).toEqual(known.map(({ type }) => type).sort());
  });

  const artifact = "pkg:oci/api@sha256%3Aabc1?tag=1.0.0";
  const api = { service: "api", environment: "prod" };

  test.each<[string, object[]]>([
    [
      "artifact",
      [
        {
          ...{ id: artifact, artifact_id: artifact, name: "api", version: "1.0.0", digest: "sha256:abc1" },
          ...{ kind: "container", built_at: at("02T10:05:00"), sha: A, is_signed: true, has_sbom: true },
        },
      ],
    ],
    [
      "release",
      [{ service: "api", version: "1.0.0", sha: A, title: "Limits", published_at: at("02T10:05:40") }],
    ],
    [
      "deployment",
      [
        {
          ...api,
          id: "D0",
          version: "1.0.0",
          finished_at: at("02T10:15:00"),
          status: "failure",
          pipeline_run: "p1",
        },
        {
          ...api,
          id: "dep-1",
          sha: A,
          version: "1.0.0",
          finished_at: at("02T10:31:00"),
          status: "success",
          deployer: "ana",
        },
        { ...api, id: "dep-2", sha: B, version: "1.1.0", finished_at: at("03T10:00:00"), status: "success" },
        // It does not say what it takes back: the upgrade before it, which was another commit.
        {
          ...api,
          id: "dep-3",
          sha: A,
          version: "1.0.0",
          finished_at: at("03T12:00:00"),
          status: "success",
          rollback_of: "dep-2",
        },
      ],
    ],
    [
      "change",
      [
        {
          ...{ id: "17", number: "17", repository: "acme/api", title: "Add limits", author: "ana" },
          ...{
            first_commit_at: at("01T15:00:00"),
            opened_at: at("02T08:00:00"),
            merged_at: at("02T10:00:00"),
          },
          ...{ merge_sha: A, labels: ["limits", "migration"] },
        },
        {
          id: "18",
          number: "18",
          repository: "acme/api",
          title: "Try something",
          opened_at: at("02T08:05:00"),
        },
      ],
    ],
    [
      "change_review",
      [
        {
          ...{ id: "e09", change: "17", repository: "acme/api", reviewer: "bo", state: "approved" },
          submitted_at: at("02T09:00:00"),
        },
      ],
    ],
    [
      "pipeline_run",
      [
        {
          ...{ id: "b1", attempt: 1, workflow: "build" },
          ...{ queued_at: at("02T10:01:00"), started_at: at("02T10:02:00"), finished_at: at("02T10:05:00") },
        },
        {
          ...{ id: "p1", attempt: 1, workflow: "deploy", service: "api", conclusion: "failure" },
          ...{ queued_at: at("02T10:10:00"), started_at: at("02T10:11:00"), finished_at: at("02T10:15:00") },
          url: "https://ci.example.com/p1",
        },
        {
          ...{ id: "p1", attempt: 2, workflow: "deploy", service: "api", conclusion: "success" },
          ...{
            started_at: at("02T10:20:00"),
            finished_at: at("02T10:30:00"),
            url: "https://ci.example.com/p1",
          },
        },
      ],
    ],
    [
      "pipeline_job",
      [
        {
          ...{ id: "t1", pipeline_run: "p1", attempt: 2, name: "rollout", conclusion: "success" },
          ...{ started_at: at("02T10:21:00"), finished_at: at("02T10:29:00") },
        },
      ],
    ],
    [
      "test_result",
      [
        {
          ...{
            id: "c9",
            environment: "ci",
            suite: "Smoke",
            kind: "functional",
            total: 1,
            failed: 0,
            skipped: 0,
          },
          finished_at: at("02T10:09:00"),
        },
        {
          ...{ id: "s1", service: "api", sha: A, environment: "ci", suite: "Acceptance", kind: "e2e" },
          ...{ total: 3, failed: 1, skipped: 1, finished_at: at("02T10:08:00"), outcome: "failed" },
        },
      ],
    ],
    [
      "incident",
      [
        {
          ...{ ...api, id: "I1", title: "Payments are refused", description: "Payments are refused\nSince the release.", severity: "sev1", caused_by: ["dep-2"] },
          ...{
            started_at: at("03T10:30:00"),
            detected_at: at("03T10:30:00"),
            acknowledged_at: at("03T10:40:00"),
          },
          ...{ resolved_at: at("03T12:05:00"), url: "https://desk.example.com/I1" },
        },
      ],
    ],
    [
      "ticket",
      [
        {
          ...{ id: "API-1", kind: "story", title: "Limits per account", status: "closed", service: "api" },
          ...{
            created_at: at("01T06:00:00"),
            resolved_at: at("04T06:00:00"),
            assignee: "ana",
            labels: ["limits"],
          },
          url: "https://tickets.example.com/API-1",
        },
      ],
    ],
    [
      "ticket_transition",
      [
        { ticket: "API-1", at: at("01T06:00:00"), to_status: "open", actor: "cy" },
        {
          ticket: "API-1",
          at: at("02T06:00:00"),
          from_status: "open",
          to_status: "In progress",
          actor: "cy",
        },
        {
          ticket: "API-1",
          at: at("04T06:00:00"),
          from_status: "In progress",
          to_status: "closed",
          actor: "ana",
        },
      ],
    ],
    [
      "environment",
      [
        {
          name: "preview",
          kind: "test",
          rank: 2,
          created_at: at("01T07:00:00"),
          removed_at: at("05T07:00:00"),
        },
      ],
    ],
    ["ref", [{ repository: "acme/api", name: "release/1", kind: "branch", sha: A }]],
  ])("become %s", async (relation, expected) => {
    expect(await rows(await story, relation)).toEqual(expected);
  });

  test("become evidence where nothing else holds them", async () => {
    const found = (await rows(await story, "evidence")) as { kind: string; subject: string }[];
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      "repository_created acme/api",
      "repository_modified acme/api",
      "repository_deleted acme/old",
      "branch_created release/1",
      "branch_created limits",
      "branch_deleted limits",
      "testoutput_published c2",
      `artifact_downloaded ${artifact}`,
      "artifact_deleted pkg:oci/api@sha256%3Aabc0",
      "environment_created preview",
      "environment_modified preview",
      "environment_deleted preview",
      "environment_created attic",
      "service_published api",
      "service_removed old",
    ]);
  });
});

describe("every entity", () => {
  test.each(STATED_ENTITIES)("%s has the columns of the catalogue", async (entity) => {
    const warehouse = await story;
    const described = await warehouse.rows<{ column_name: string }>(`describe staging.events_${entity}`);
    const names = described.map(({ column_name }) => column_name);
    expect(names).toEqual(expect.arrayContaining(["source", ...Object.keys(entityOf(entity).columns)]));
  });
});

describe("deployments", () => {
  test("of two producers with one id are two", async () => {
    const warehouse = await staged({ "a.ndjson": line(event()) + line(event({ source: "/cd" })) });
    expect(await rows(warehouse, "deployment")).toMatchObject([{ id: "/cd#1" }, { id: "/ci#1" }]);
  });

  test("that are told twice count from the first success", async () => {
    const about = (id: string, time: string, status: string) =>
      line(
        event(
          { id, timestamp: `2026-03-02T${time}:00Z` },
          { customData: { quarterdeck: { deployment: { id: "D1", status } } } },
        ),
      );
    const log =
      about("1", "10:00", "in_progress") + about("2", "10:10", "success") + about("3", "10:20", "success");
    expect(await rows(await staged({ "a.ndjson": log }), "deployment")).toMatchObject([
      { id: "D1", status: "success", finished_at: "2026-03-02T10:10:00Z" },
    ]);
  });

  test("that roll back after an attempt that never went live take nothing back that they name", async () => {
    const artifactId = "pkg:generic/api@1.0";
    const content = { environment: { id: "prod" }, artifactId };
    const failed = {
      context: {
        ...event().context,
        id: "2",
        type: "dev.cdevents.pipelinerun.finished.0.3.0",
        timestamp: at("02T11:00:00"),
      },
      subject: { id: "p", content: { outcome: "failure" } },
      customData: { quarterdeck: { deployment: { service: "api", environment: "prod", version: "2.0" } } },
    };
    const log =
      deployed({}, { content }) +
      line(failed) +
      deployed(
        { id: "3", type: "dev.cdevents.service.rolledback.0.3.0", timestamp: at("02T11:10:00") },
        { content },
      );
    const found = await rows(await staged({ "a.ndjson": log }), "deployment");
    expect(found).toMatchObject([{ id: "1" }, { id: "2", status: "failure" }, { id: "3" }]);
    expect(found[2]).not.toHaveProperty("rollback_of");
  });

  test.each([
    ["pkg:oci/api@sha256%3Aab12?tag=1.2", { version: "1.2" }],
    ["pkg:oci/api@sha256:ab12", {}],
    ["pkg:github/acme/api@" + A, { sha: A }],
    [`pkg:generic/api@1.2?vcs_url=git%2Bhttps://x/api%40${B}`, { version: "1.2", sha: B }],
    ["pkg:npm/%40acme/api@1.2-rc.1", { version: "1.2-rc.1" }],
    ["registry.example.com:5000/acme/api:1.2", { version: "1.2" }],
    ["api", {}],
  ])("of %s tell version and commit", async (artifactId, told) => {
    const log = deployed({}, { content: { environment: { id: "prod" }, artifactId } });
    const [found] = await rows(await staged({ "a.ndjson": log }), "deployment");
    const { version, sha } = found as { version?: string; sha?: string };
    expect({ version, sha }).toEqual({ version: undefined, sha: undefined, ...told });
  });

  test("are read from the fields that a source names", async () => {
    const log = line(
      event(
        {},
        {
          subject: { id: "argo-77", content: { artifactId: "x" } },
          customData: { app: { name: "shop/api", stage: "PRD" }, git: A },
        },
      ),
    );
    const fields = {
      service: "customData.app.name",
      environment: "customData.app.stage",
      sha: "customData.git",
    };
    const warehouse = await staged({ "a.ndjson": log }, { services, fields });
    expect(await rows(warehouse, "deployment")).toMatchObject([
      { service: "api", environment: "PRD", sha: A },
    ]);
  });

  test("of version 0.4 are read like those of 0.5", async () => {
    const old = event({
      specversion: undefined,
      version: "0.4.1",
      type: "dev.cdevents.service.deployed.0.2.0",
    });
    expect(await rows(await staged({ "a.ndjson": line(old) }), "deployment")).toMatchObject([
      { id: "1", version: "1.0" },
    ]);
  });
});

describe("incidents", () => {
  const incident = (id: string, predicate: string, time: string, environment = "prod") =>
    line(
      event(
        { id, type: `dev.cdevents.incident.${predicate}.0.3.0`, timestamp: at(time) },
        { subject: { id: `I-${environment}`, content: { environment: { id: environment } } } },
      ),
    );

  test("that were detected again after they were resolved are open", async () => {
    const log = incident("1", "detected", "02T10:00:00") + incident("2", "resolved", "02T11:00:00");
    const again = incident("3", "detected", "02T12:00:00");
    expect(await rows(await staged({ "a.ndjson": log }), "incident")).toMatchObject([
      { resolved_at: at("02T11:00:00") },
    ]);
    const [open] = await rows(await staged({ "a.ndjson": log + again }), "incident");
    expect(open).not.toHaveProperty("resolved_at");
  });

  test("that only end began when they ended", async () => {
    const warehouse = await staged({ "a.ndjson": incident("1", "resolved", "02T11:00:00") });
    expect(await rows(warehouse, "incident")).toMatchObject([
      { started_at: at("02T11:00:00"), resolved_at: at("02T11:00:00") },
    ]);
  });

  test("outside production are none", async () => {
    const log =
      incident("1", "detected", "02T10:00:00") + incident("2", "detected", "02T10:00:00", "preview");
    const preview = line(
      event(
        { id: "3", type: "dev.cdevents.environment.created.0.3.0" },
        {
          subject: { id: "preview", content: {} },
          customData: { quarterdeck: { environment: { kind: "test" } } },
        },
      ),
    );
    const warehouse = await staged({ "a.ndjson": log + preview }, {}, ["metrics", "correlation", "controls", "expectations", "reports", "publish"]);
    const found = await warehouse.rows<{ native_id: string }>("select native_id from model.incident");
    expect(found.map(({ native_id }) => native_id)).toEqual(["I-prod"]);
  });
});

test("what is not understood is counted by type, with what to do", async () => {
  const log =
    line({ specversion: "1.0", id: "1", source: "/x", type: "com.example.push" }) +
    line(event({ id: "2", type: "dev.cdevents.robot.danced.0.1.0" })) +
    line(event({ id: "3", type: "dev.cdevents.robot.danced.0.1.0" })) +
    line(event({ id: "4", type: "dev.cdevents.service.deployed.2.0.0" })) +
    line(event({ id: "5" }, { subject: { id: "api", content: {} } }));
  const warehouse = await staged({ "a.ndjson": log }, {}, ["reports", "publish"]);
  const found = await warehouse.rows<{ subject: string; rows: number; effect: string }>(
    "select subject, rows, effect, remedy from expectations.event_is_understood",
  );
  expect(found.map(({ subject, rows: count, effect }) => [subject, count, effect])).toEqual([
    ["log com.example.push", 1, "They are kept as they came and are in no figure: the type is not known."],
    [
      "log dev.cdevents.robot.danced.0.1.0",
      2,
      "They are kept as they came and are in no figure: the type is not known.",
    ],
    ["log dev.cdevents.service.deployed.0.3.0", 1, "They are in no figure: they name no environment."],
    [
      "log dev.cdevents.service.deployed.2.0.0",
      1,
      "They are kept as they came and are in no figure: the type is not known.",
    ],
  ]);
});
