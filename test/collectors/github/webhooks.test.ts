import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import examples from "@octokit/webhooks-examples";
import { sign } from "@octokit/webhooks-methods";
import { describe, expect, test } from "vitest";
import { githubConfig } from "../../../collectors/github/config.ts";
import { github } from "../../../collectors/github/index.ts";
import { eventsLike } from "../../../collectors/github/webhooks/event-name.ts";
import { nothingAsked } from "../../../collectors/contract.ts";
import { DEMO_TOKEN } from "../../fakes/github/index.ts";
import { type Bench, outcomes, said } from "../bench.ts";
import { deliveredBench, write } from "./webhooks.support.ts";

/** Events that become something. */
const READ = [
  "deployment",
  "deployment_review",
  "deployment_status",
  "issues",
  "pull_request",
  "pull_request_review",
  "push",
  "release",
  "repository",
  "workflow_job",
  "workflow_run",
];
const all = (examples as unknown as { name: string; examples: Record<string, unknown>[] }[]).flatMap((event) =>
  event.examples.map((payload) => ({ event: event.name, payload })),
);
const example = (event: string, action?: string) =>
  all.find((one) => one.event === event && (action === undefined || one.payload["action"] === action))?.payload ?? {};

const stored = (one: Bench) =>
  one.warehouse.rows<{ event: string; n: number }>(
    "select payload ->> '$.event' as event, count(*)::integer as n from raw.current where stream = 'delivery' group by event order by event",
  );
const rejected = (one: Bench) =>
  one.warehouse.rows<{ file: string; line: number; reason: string }>(
    "select file, line, reason from raw.current_rejected_row order by file, line, reason",
  );

describe("GitHub's own examples", () => {
  test("every one passes, and what is not known is counted", { timeout: 60_000 }, async () => {
    const one = await deliveredBench();
    write(one, all.map(({ event, payload }) => `${JSON.stringify({ event, payload })}\n`).join(""));
    expect(outcomes(await one.collect())).toEqual(["delivery completed"]);
    expect(await rejected(one)).toEqual([]);
    expect((await stored(one)).map(({ event }) => event)).toEqual(examples.map(({ name }) => name).toSorted());
    await one.model("2030-01-01T00:00:00Z");
    const unread = await one.warehouse.rows<{ subject: string }>("select subject from expectations.delivery_is_understood");
    expect(unread.map(({ subject }) => subject)).toContain("github star");
    for (const event of READ) expect(unread.map(({ subject }) => subject)).not.toContain(`github ${event}`);
  });

  test("the event is recognised where nobody kept its name, and never mistaken", () => {
    const wrong = all.filter(({ event, payload }) => {
      const found = eventsLike(payload as never);
      return READ.includes(event) ? found.length !== 1 || found[0] !== event : found.length === 1 && found[0] !== event;
    });
    expect(wrong.map(({ event, payload }) => `${event} ${String(payload["action"])} ${eventsLike(payload as never).join()}`)).toEqual([]);
  });
});

const ABOVE_STAGING = ["model", "correlation", "metrics", "controls", "expectations", "reports", "publish"] as const;

/** Staging, made of these deliveries. */
async function staged(deliveries: readonly (readonly [event: string, payload: object])[]) {
  const one = await deliveredBench({ incident_labels: ["bug"], forks: true });
  write(one, deliveries.map(([event, payload]) => `${JSON.stringify({ event, payload })}\n`).join(""));
  await one.collect();
  await one.model("2030-01-01T00:00:00Z", ABOVE_STAGING);
  return (relation: string, columns: string) => one.warehouse.rows(`select ${columns} from staging.${relation} order by all`);
}

describe("what a delivery means", () => {
  test("one of each", { timeout: 30_000 }, async () => {
    const rows = await staged([
      ["deployment", example("deployment")],
      ["deployment_status", example("deployment_status")],
      ["release", example("release", "published")],
      // The example is of a later repository of the same name, which would take it over.
      ["workflow_run", { ...example("workflow_run"), repository: example("deployment")["repository"] }],
      ["workflow_job", example("workflow_job")],
      ["pull_request", example("pull_request")],
      ["pull_request_review", example("pull_request_review", "submitted")],
      ["push", example("push")],
      ["issues", example("issues", "edited")],
      ["repository", example("repository", "renamed")],
    ]);
    expect(await rows("github_deployment", "id, environment, repository, sha, status, finished_at, deployer, branch")).toEqual([
      {
        id: "145988746",
        environment: "production",
        repository: "Codertocat/Hello-World",
        sha: "f95f852bd8fca8fcc58a9a2d6c842781e32a215e",
        status: "success",
        finished_at: "2019-05-15T15:20:55Z",
        deployer: "Codertocat",
        branch: "master",
      },
    ]);
    expect(await rows("github_release", "service, version, published_at")).toEqual([
      { service: "Hello-World", version: "0.0.1", published_at: "2019-05-15T15:20:53Z" },
    ]);
    expect(await rows("github_pipeline_run", "id, attempt, workflow, trigger, started_at, finished_at")).toEqual([
      {
        id: "1589141559",
        attempt: 1,
        workflow: "Manually triggered workflow",
        trigger: "manual",
        started_at: null,
        finished_at: null,
      },
    ]);
    expect(await rows("github_pipeline_job", "id, pipeline_run, name, started_at, conclusion")).toEqual([
      { id: "2832853555", pipeline_run: "940463255", name: "Test workflow", started_at: "2021-06-15T19:22:27Z", conclusion: null },
    ]);
    expect(await rows("github_change", "id, title, author, opened_at, merged_at, merge_sha, commit_count")).toEqual([
      {
        id: "2",
        title: "Update the README with new information.",
        author: "Codertocat",
        opened_at: "2019-05-15T15:20:33Z",
        merged_at: null,
        merge_sha: null,
        commit_count: 1,
      },
    ]);
    expect(await rows("github_change_review", "change, reviewer, state, submitted_at")).toEqual([
      { change: "2", reviewer: "Codertocat", state: "commented", submitted_at: "2019-05-15T15:20:38Z" },
    ]);
    const sha = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
    expect(await rows("github_ref", "name, kind, sha")).toEqual([{ name: "simple-tag", kind: "tag", sha }]);
    expect(await rows("github_commit", "sha, subject, author_email")).toEqual([
      { sha, subject: "Adding a .gitignore file", author_email: "21031067+Codertocat@users.noreply.github.com" },
    ]);
    expect(await rows("github_issue", "id, status, is_incident")).toEqual([
      { id: "Codertocat/Hello-World#1", status: "open", is_incident: true },
    ]);
    const { repository } = example("repository", "renamed") as { repository: { full_name: string } };
    expect(await rows("github_repository", "repository")).toContainEqual({ repository: repository.full_name });
  });

  test("what was deleted or moved away is gone, whatever else was said of it", { timeout: 30_000 }, async () => {
    const edited = example("issues", "edited");
    const moved = example("issues", "transferred");
    const renamed = example("repository", "renamed");
    const rows = await staged([
      ["release", { ...example("release", "published"), action: "deleted" }],
      ["release", example("release", "published")],
      ["issues", edited],
      ["issues", { ...edited, action: "deleted" }],
      ["issues", { ...moved, action: "opened" }],
      ["issues", moved],
      ["repository", { ...renamed, action: "deleted" }],
      ["repository", renamed],
    ]);
    expect(await rows("github_release", "version")).toEqual([]);
    expect(await rows("github_issue", "id")).toEqual([]);
    const { repository } = renamed as { repository: { full_name: string } };
    expect(await rows("github_repository", "repository")).not.toContainEqual({ repository: repository.full_name });
  });
});

test("an approval: who, when, and with which words", async () => {
  const one = await deliveredBench();
  const { deployment, repository } = example("deployment") as { deployment: object; repository: object };
  const run = { id: 77, updated_at: "2019-05-15T16:00:00Z", head_sha: "f".repeat(40) };
  const deployed = { action: "created", deployment, repository };
  const status = (id: number, state: string, log_url: string) => ({
    event: "deployment_status",
    payload: {
      action: "created",
      deployment,
      repository,
      deployment_status: { id, state, log_url, environment: "production", created_at: `2019-05-15T15:2${id}:00Z`, creator: { login: "ada" } },
    },
  });
  const review = {
    action: "approved",
    approver: { login: "grace" },
    comment: "Go ahead",
    since: "2019-05-15T15:21:00Z",
    workflow_job_runs: [{ environment: "production", updated_at: "2019-05-15T16:00:07Z" }],
    workflow_run: run,
    repository,
  };
  const statuses = [
    status(1, "in_progress", "https://github.com/acme/payments/actions/runs/77/job/5"),
    // Another app reports as well: its log leads to no run.
    status(2, "success", "https://quality.example.com/9"),
  ];
  const deliveries = [{ event: "deployment", payload: deployed }, ...statuses, { payload: review }];
  write(one, deliveries.map((item) => `${JSON.stringify(item)}\n`).join(""));
  await one.collect();
  expect(await rejected(one)).toEqual([]);
  await one.model("2030-01-01T00:00:00Z", ["correlation", "metrics", "controls", "expectations", "reports", "publish"]);
  expect(await one.warehouse.rows("select approver, decision, decided_at, is_derived, justification from model.deployment_approval")).toEqual([
    { approver: "grace", decision: "approved", decided_at: "2019-05-15T16:00:07Z", is_derived: false, justification: "Go ahead" },
  ]);
});

describe("how deliveries are written down", () => {
  const payload = example("push");
  const headers = { "X-GitHub-Event": "push", "X-GitHub-Delivery": "d-1" };
  test.for([
    ["headers and payload", { headers, payload }],
    ["headers in lists, body as text", { headers: { "x-github-event": ["push"], "X-Github-Delivery": ["d-1"] }, body: JSON.stringify(payload) }],
    ["a form", { headers, body: `payload=${encodeURIComponent(JSON.stringify(payload))}` }],
    ["event and id", { event: "push", delivery: "d-1", payload }],
    ["GitHub's own list of deliveries", { id: 12, guid: "d-1", delivered_at: "2026-01-01T00:00:00Z", event: "push", request: { headers, payload } }],
    ["smee", { "x-github-event": "push", "x-github-delivery": "d-1", host: "smee.io", timestamp: 1767225600000, body: payload }],
  ] as const)("%s", async ([, item]) => {
    const one = await deliveredBench();
    write(one, JSON.stringify(item));
    await one.collect();
    expect(await one.warehouse.rows("select key, payload ->> '$.event' as event from raw.current")).toEqual([{ key: "d-1", event: "push" }]);
    expect(await rejected(one)).toEqual([]);
  });

  test("a folder of bare payloads with headers beside them, packed or not", async () => {
    const one = await deliveredBench({ deliveries: { paths: ["*.json", "*.json.gz"] } });
    write(one, JSON.stringify(payload), "a.json");
    write(one, JSON.stringify(headers), "a.headers.json");
    write(one, JSON.stringify(payload), "b.json");
    write(one, "X-GitHub-Event: push\r\nX-GitHub-Delivery: d-2\r\n", "b.json.headers");
    writeFileSync(join(one.loaded.directory, "c.json.gz"), gzipSync(JSON.stringify(example("release"))));
    await one.collect();
    const keys = await one.warehouse.rows<{ key: string }>("select key from raw.current order by key");
    expect(keys.map(({ key }) => key.slice(0, 7))).toEqual(["d-1", "d-2", "sha256:"]);
    expect(await one.warehouse.rows("select file, accepted from raw.read_file order by file")).toEqual(
      ["a.json", "b.json", "c.json.gz"].map((file) => ({ file, accepted: 1 })),
    );
    const again = await one.collect();
    expect(again.streams.map(({ stored: changed, unchanged }) => [changed, unchanged])).toEqual([[0, 0]]);
  });

  test("nothing but the event and the id is kept of headers: receivers save credentials there", async () => {
    const one = await deliveredBench();
    write(one, JSON.stringify({ headers: { ...headers, Authorization: "Bearer canary" }, cookie: "canary", payload }));
    await one.collect();
    expect((await one.current()).join()).not.toContain("canary");
  });
});

describe("what may go wrong", () => {
  const push = (id: string) => `${JSON.stringify({ event: "push", id, payload: example("push") })}\n`;

  test("a line that is cut off is read once it is whole", async () => {
    const one = await deliveredBench();
    const second = push("two");
    write(one, push("one") + second.slice(0, 900));
    const report = await one.collect();
    expect(said(report)).toContain("deliveries.ndjson:2: the last line is not complete yet");
    expect(await rejected(one)).toEqual([]);
    write(one, push("one") + second);
    await one.collect();
    expect(await stored(one)).toEqual([{ event: "push", n: 2 }]);
  });

  test("what cannot be understood is said with file and line, the rest is read, and a repaired file is clean", async () => {
    const one = await deliveredBench();
    const lines = ["{", "[1]", '{"event":"push","payload":7}', '{"hello":1}', '{"event":"No Event","payload":{}}'];
    write(one, `${lines.join("\n")}\n${push("one")}`);
    await one.collect();
    expect((await rejected(one)).map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      "1 expected JSON on the line",
      "2 expected a delivery, a JSON object; found 1",
      "3 expected a payload, a JSON object; found 7",
      '4 cannot tell which event this is (it has "hello"); let the receiver keep the header X-GitHub-Event',
      '5 expected the name of an event, such as push; found "No Event"',
    ]);
    write(one, push("one"));
    await one.collect();
    expect(await rejected(one)).toEqual([]);
    expect(await stored(one)).toEqual([{ event: "push", n: 1 }]);
  });

  test("delivered again, it is there once", async () => {
    const one = await deliveredBench({ deliveries: { paths: ["*.ndjson"] } });
    write(one, push("one") + push("one"));
    write(one, push("one"), "again.ndjson");
    write(one, `${JSON.stringify(example("release"))}\n${JSON.stringify(example("release"))}\n`, "bare.ndjson");
    await one.collect();
    expect(await stored(one)).toEqual([{ event: "push", n: 1 }, { event: "release", n: 1 }]);
  });

  test("10 MB at once, and texts that mean harm", { timeout: 60_000 }, async () => {
    const one = await deliveredBench({ deliveries: { paths: ["*.ndjson"] } });
    const { issue, repository } = example("issues", "edited") as { issue: object; repository: object };
    const title = `'); drop schema raw cascade; -- <script>alert(1)</script> =cmd|' /C calc'!A0 \u0000 \u202e`;
    const hostile = { action: "opened", issue: { ...issue, title, body: "x".repeat(10_000_000), labels: [{ name: "${jndi:x}" }, 7, null] }, repository };
    const odd = { action: [], issue: { number: {}, created_at: "yesterday" }, repository: { id: "1", full_name: 3, node_id: null } };
    const items = [hostile, odd, { repository: null }].map((payload, id) => ({ event: "issues", id: `i${id}`, payload }));
    const others = READ.map((event) => ({ event, id: event, payload: { action: "created", repository, [event]: { id: "x" }, deployment: 1, commits: {} } }));
    write(one, [...items, ...others].map((item) => `${JSON.stringify(item)}\n`).join(""));
    await one.collect();
    expect(await rejected(one)).toEqual([]);
    await one.model("2030-01-01T00:00:00Z", ["controls", "reports", "publish"]);
    const [row] = await one.warehouse.rows<{ title: string }>("select title from staging.github_issue");
    expect(row?.title.slice(0, 40)).toBe(title.slice(0, 40));
  });

  test("a file that is not there, and one that is no JSON, are said", async () => {
    const one = await deliveredBench({ deliveries: { paths: ["inbox/*.json"] } });
    expect(said(await one.collect())).toContain("inbox/*.json: no such file in");
    const broken = await deliveredBench({ deliveries: { paths: ["*.json"] } });
    write(broken, '{"event":"pu', "a.json");
    write(broken, push("one"), "b.json");
    expect(outcomes(await broken.collect())).toEqual(["delivery completed"]);
    expect((await rejected(broken)).map(({ file }) => file)).toEqual(["a.json"]);
    write(broken, push("two"), "a.json");
    await broken.collect();
    expect(await rejected(broken)).toEqual([]);
    expect(await stored(broken)).toEqual([{ event: "push", n: 2 }]);
  });
});

test("a batch that is nested without measure is rejected", async () => {
  const one = await deliveredBench({ deliveries: { paths: ["*.json"] } });
  write(one, `[{"hello":1},${"[".repeat(200_000)}${"]".repeat(200_000)}]`, "deep.json");
  expect(outcomes(await one.collect())).toEqual(["delivery completed"]);
  expect((await rejected(one)).map(({ file, line }) => [file, line])).toEqual([
    ["deep.json", 1],
    ["deep.json", 1],
  ]);
});

test("a signature that does not fit is rejected; GitHub's own fits, however the body was kept", async () => {
  // The one secret that the environment of these tests has.
  const secret = DEMO_TOKEN.token;
  const one = await deliveredBench({ deliveries: { paths: ["*.ndjson", "*.json"], webhook_secret: "${GITHUB_TOKEN}" } });
  const body = JSON.stringify(example("push"));
  const headersFor = async (by: string, id: string) => ({
    "X-GitHub-Event": "push",
    "X-GitHub-Delivery": id,
    "X-Hub-Signature-256": await sign(by, body),
  });
  const lines = [
    { headers: await headersFor(secret, "text"), body },
    { headers: await headersFor(secret, "object"), payload: JSON.parse(body) as object },
    { headers: await headersFor("another secret", "forged"), body },
    { headers: await headersFor(secret, "changed"), body: body.replace("Codertocat", "Mallory") },
    { headers: { "X-GitHub-Event": "push", "X-GitHub-Delivery": "unsigned" }, body },
  ];
  write(one, lines.map((item) => `${JSON.stringify(item)}\n`).join(""));
  write(one, `${body}\n`, "bare.json");
  write(one, JSON.stringify(await headersFor(secret, "bare")), "bare.headers.json");
  await one.collect();
  const keys = await one.warehouse.rows<{ key: string }>("select key from raw.current order by key");
  expect(keys.map(({ key }) => key)).toEqual(["bare", "object", "text", "unsigned"]);
  expect((await rejected(one)).map(({ line }) => line)).toEqual([3, 4]);
});

describe("configuration", () => {
  const problems = (options: object) =>
    githubConfig.safeParse({ collector: "github", ...options }).error?.issues.map(({ message }) => message) ?? [];
  const deliveries = { paths: ["deliveries/*.json"] };

  test("deliveries alone need no token; beside polling both belong together", () => {
    expect(problems({ deliveries })).toEqual([]);
    expect(problems({ deliveries, token: "${A}", organisations: ["acme"] })).toEqual([]);
    expect(problems({ deliveries, organisations: ["acme"] })[0]).toContain("or neither these nor organisations");
    expect(problems({ deliveries, token: "${A}" })).toEqual(["expected an organisation here, or something under repositories"]);
    expect(problems({})).toEqual([
      "expected one of token, tokens and app",
      "expected an organisation here, or something under repositories",
    ]);
  });

  test("doctor and a dry run say what is there", async () => {
    const one = await deliveredBench();
    write(one, JSON.stringify(example("push")));
    const { directory } = one.loaded;
    const config = githubConfig.parse({ collector: "github", deliveries: { paths: ["deliveries.ndjson", "inbox/*.json"] } });
    const checks = [];
    for await (const { status, message } of github.check?.(config, { baseDirectory: directory, now: new Date() }) ?? [])
      checks.push(`${status}: ${message}`);
    expect(checks).toEqual([
      "problem: no file of delivery is there",
      "ok: 1 file, the newest less than a day old (deliveries.ndjson)",
    ]);
    const context = { baseDirectory: directory, report: () => undefined, warn: () => undefined, usage: nothingAsked() };
    expect((await github.plan(config, context, {}))[0]).toMatch(/^deliveries: 1 file, \d/);
  });
});
