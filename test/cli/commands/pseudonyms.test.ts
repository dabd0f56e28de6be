import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDossierPack } from "../../../reports/dossier/build.ts";
import { buildReleasePack } from "../../../reports/release/build.ts";
import { buildTrainPack } from "../../../reports/train/build.ts";
import { packSession, type PackSession } from "../../../src/cli/pseudonyms.ts";
import { openSession } from "../../../src/cli/session.ts";
import { readPseudonyms } from "../../../src/pseudonyms/key.ts";
import { readPeople } from "../../../src/pseudonyms/people.ts";
import { releasePath } from "../../../src/site/links.ts";
import { onlyControls } from "../../support/history.ts";
import { namesIn } from "../../reports/names-in.ts";
import { recordedEffects } from "../effects.ts";
import { tinyWorld, type World } from "./world.ts";

const KEY = "5d41402abc4b2a76b9719d911017c592f00dfeedcafebeef0123456789abcdef";
const asked = Object.keys(onlyControls(["SOD-01", "AUT-01", "POP-03", "POP-07"]));

const CONFIG = `
organisation: Tiny
services: { api: { repository: acme/api } }
teams: { core: { owns: [api] } }
publish: { people: hidden, packs: latest }
people:
  bots: [{ login: "svc-*", owner: ann }]
  rules: [{ login: "adm-(.+)", is: '\\1' }]
judgements: [{ what: Kept as it was, reason: Ann Marsh said so, by: ann, at: 2026-03-01 }]
controls: { ${asked.map((control) => `${control}: { enabled: false }`).join(", ")} }
sources:
  data:
    collector: files
    complete:
      - { entity: deployment, asserted_by: Ann Marsh }
      - { entity: deployment_approval, asserted_by: ann }
      - { entity: change, asserted_by: ann }
      - { entity: commit, asserted_by: ann }
      - { entity: change_request, asserted_by: ann }
    files:
      - { path: data/attempts.csv, entity: deployment }
      - { path: data/people.csv, entity: person }
      - { path: data/changes.csv, entity: change }
      - { path: data/commits.csv, entity: commit }
      - { path: data/refs.csv, entity: ref }
      - { path: data/approvals.csv, entity: deployment_approval }
      - { path: data/requests.csv, entity: change_request }
      - { path: data/request-approvals.csv, entity: change_request_approval }
      - { path: data/grants.csv, entity: role_grant }
      - { path: data/releases.csv, entity: release }
`;

const SHA = (digit: string) => digit.repeat(40);

/** Ann wrote both changes, as ann and with an address; Béla approved the first, Ann herself, as adm-ann, the second. Cora comes after as-of. */
const DATA: Readonly<Record<string, string>> = {
  "attempts.csv": `id,service,environment,repository,sha,version,started_at,finished_at,status,deployer,change_requests
d1,api,production,acme/api,${SHA("1")},1.0,2026-03-02T09:50:00Z,2026-03-02T10:00:00Z,success,svc-deploy,CR-1
d2,api,production,acme/api,${SHA("2")},1.1,2026-03-04T09:50:00Z,2026-03-04T10:00:00Z,success,release,
`,
  "people.csv": `id,display_name,logins,emails,is_bot,pseudonym
E1042,Ann Marsh,ann,ann.marsh@tiny.example,,Heron
E1043,Béla Núñez,bela; release,,,
E1044,田中太郎,tanaka,,,
E9,Deployer,svc-deploy,,true,
`,
  "changes.csv": `id,repository,number,title,author,merged_by,first_commit_at,merged_at,merge_sha
c1,acme/api,1,Merge pull request from ann/fix,ann,bela,2026-03-01T08:00:00Z,2026-03-02T09:00:00Z,${SHA("1")}
c2,acme/api,2,As Marsh; Ann asked,ann.marsh@tiny.example,tanaka,2026-03-03T08:00:00Z,2026-03-04T09:00:00Z,${SHA("2")}
`,
  "commits.csv": `repository,sha,parents,authored_at,committed_at,author,subject
acme/api,${SHA("1")},,2026-03-01T08:00:00Z,2026-03-02T09:00:00Z,ann,"Fix
 Reviewed-by: Béla Núñez <bela@elsewhere.example>"
acme/api,${SHA("2")},${SHA("1")},2026-03-03T08:00:00Z,2026-03-04T09:00:00Z,ann.marsh@tiny.example,@tanaka asked
`,
  "refs.csv": `repository,name,kind,sha\nacme/api,main,branch,${SHA("2")}\n`,
  "approvals.csv": `id,deployment,approver,decision,decided_at,justification
a1,d1,bela,approved,2026-03-02T09:30:00Z,"approved by ANN and 田中太郎, see https://tiny.example/u/ann.marsh"
a2,d2,adm-ann,approved,2026-03-04T09:30:00Z,"release is fine, says release"
`,
  "requests.csv": `id,title,type,risk,service,status,requested_by,owner,created_at
CR-1,Change for Ann Marsh,normal,low,api,Closed,ann,cora,2026-03-01T09:00:00Z
`,
  "request-approvals.csv": `id,change_request,approver,decision,decided_at,justification
r1,CR-1,Béla Núñez,approved,2026-03-01T10:00:00Z,Cora to follow
r2,CR-1,cora,approved,2026-04-20T10:00:00Z,too late
r3,CR-1,dimitra,maybe,not a time,from dimitra@tiny.example
`,
  "grants.csv": "person,role,scope,granted_from\nrelease,change-board,api,2026-01-01T00:00:00Z\n",
  "releases.csv": "service,version,train\napi,1.0,spring\napi,1.1,spring\n",
};

/** Everybody, in every form in which the data has them; a word that the data needs for other things is looked for elsewhere. */
const NAMES = [
  ...["Ann Marsh", "Marsh, Ann", "ann", "adm-ann", "ann.marsh", "ann.marsh@tiny.example", "E1042", "Heron"],
  ...["Béla Núñez", "bela", "bela@elsewhere.example", "E1043", "田中太郎", "tanaka", "E1044"],
  ...["cora", "dimitra", "dimitra@tiny.example"],
];

let world: World;
/** Everything but the first is made of one session: each makes a second database. */
let made: PackSession;
const folders: Record<string, string> = {};

const AS_OF = ["--as-of", "2026-04-01T00:00:00Z"] as const;
const pack = (...args: string[]) => world.run("pack", ...args, ...AS_OF, "--pseudonyms", "outside/people.key");
const fileOf = (kind: string, file: string) => readFileSync(join(folders[kind] ?? "", file), "utf8");

beforeAll(async () => {
  world = tinyWorld({ config: CONFIG, keep: true });
  for (const [name, text] of Object.entries(DATA)) world.write(`data/${name}`, text);
  world.write("outside/people.key", `${KEY}\n`);
  world.write("outside/other.key", `${KEY.split("").reverse().join("")}\n`);
  world.write(
    "queries/model/trusted.sql",
    "/*\ntitle: Ann's own\n*/\nselect approval_id, 'as Ann said' as note from model.deployment_approval where approver = 'adm-ann' order by approval_id\n",
  );
  await world.run("collect");
  const effects = recordedEffects(world.folder);
  const session = await openSession({ "as-of": AS_OF[1] }, effects);
  made = await packSession(session, { pseudonyms: "outside/people.key" }, [], effects);
});
afterAll(() => {
  made.session.warehouse.close();
  world.remove();
});

test("a pack names nobody, whatever form names have, and neither do command and zip", async () => {
  const options = ["--zip", "--sample", "2", "--full", "--reason", "Ann asked", "--write-map", "outside/map.csv"];
  const { code, out, err } = await pack("period", "2026-03", ...options);
  expect([code, err]).toEqual([0, ""]);
  folders["period"] = world.path(out.split(" (")[0] ?? "");
  expect(folders["period"]).toMatch(/period-2026-03-pseudonyms-[0-9a-f]{8}$/);
  expect(await namesIn(world.path("public/packs"), [...NAMES, KEY])).toEqual([]);
  expect(out).not.toContain(KEY);
});

test.each(["release", "train", "dossier"] as const)("a %s pack names nobody either", async (kind) => {
  const { session, pseudonyms } = made;
  const issuing = { ...(pseudonyms && { pseudonyms }) };
  const context = { localQueries: session.localQueries, issuing };
  const output = world.path("others");
  const built = await {
    release: () => buildReleasePack(session.warehouse, { service: "api", version: "1.1" }, output, context),
    train: () => buildTrainPack(session.warehouse, "spring", output, context),
    dossier: () => buildDossierPack(session.warehouse, "d2", output, context),
  }[kind]();
  folders[kind] = built.directory;
  expect(built.files).toContain("controls/results.csv");
  expect(await namesIn(built.directory, [...NAMES, KEY])).toEqual([]);
  expect(fileOf(kind, "manifest.json")).toMatch(/"pseudonyms": "[0-9a-f]{32}"/);
});

test("queries of the organisation's own find whom they name by the pseudonym", async () => {
  const { warehouse, localQueries } = made.session;
  const rows = await warehouse.rows<{ note: string }>("select note from model.trusted");
  expect(rows).toEqual([{ note: expect.stringMatching(/^as person-[0-9a-f]{12} said$/) as string }]);
  expect(await namesIn(localQueries, NAMES)).toEqual([]);
});

describe("the pack", () => {
  test("keeps one person one, and people apart: who approved their own change still shows", () => {
    const rows = parse(fileOf("period", "controls/results.csv"), { columns: true }) as unknown as {
      control: string;
      unit: string;
      status: string;
    }[];
    expect(rows.filter(({ control }) => control === "SOD-01").map(({ unit, status }) => [unit, status])).toEqual([
      ["data:d1", "pass"],
      ["data:d2", "fail"],
    ]);
  });

  test("is computed anew with the same results, and verify says what it is", async () => {
    const { code, out, err } = await world.run("verify", folders["period"] ?? "");
    expect([code, out]).toEqual([0, expect.stringMatching(/\d+ results, computed anew from its evidence, are the same\n$/)]);
    expect(err).toMatch(/^note: people have pseudonyms, made with the map of fingerprint [0-9a-f]{32}:/m);
    expect(fileOf("period", "VERIFY.md")).toContain("## People have pseudonyms");
  });

  test("replaces a login that is a word of the data only where it stands for somebody", () => {
    const pseudonym = /"deployer":"(person-[0-9a-f]{12})"/.exec(fileOf("period", "evidence/data/deployment.jsonl"))?.[1];
    expect(fileOf("period", "evidence/data/deployment_approval.jsonl")).toContain(
      `${pseudonym} is fine, says ${pseudonym}`,
    );
    expect(existsSync(join(folders["period"] ?? "", "evidence/data/release.jsonl"))).toBe(true);
    const grants = fileOf("period", "evidence/data/role_grant.jsonl");
    expect(grants).toContain(`"person":"${pseudonym}"`);
    expect(grants).not.toContain("release");
  });

  test("lists per field where people stand, and leaves bots their names", () => {
    const rows = parse(fileOf("period", "evidence/redactions.csv"));
    const rule = "pseudonym in the place of a person";
    expect(rows).toContainEqual(["data", "change", "", "author", rule, "2"]);
    expect(rows).toContainEqual(["quarterdeck.yaml", "configuration", "", "judgements[].by", rule, "1"]);
    expect(fileOf("period", "evidence/data/deployment.jsonl")).toContain('"deployer":"svc-deploy"');
  });

  test("has hashes of its own: nobody can guess a name from that of what was collected", async () => {
    const hashes = await world.inside((warehouse) =>
      warehouse.rows<{ sha256: string }>(
        `select sha256 from raw.record where stream in ('change', 'commit', 'deployment_approval')
         union all select max_by(chain_sha256, batch_id) from raw.batch`,
      ),
    );
    expect(hashes).toHaveLength(7);
    const listed = hashes.map(({ sha256 }) => sha256);
    expect(await namesIn(folders["period"] ?? "", listed)).toEqual([]);
  });
});

test("another key makes other pseudonyms, and a map keeps those that it has", async () => {
  const effects = recordedEffects(world.folder);
  const { warehouse } = await openSession({ "as-of": AS_OF[1] }, effects);
  try {
    const of = async (file: string) => {
      const { map } = await readPeople(warehouse, readPseudonyms(world.path(file), file));
      return new Map(map.map(({ name, pseudonym }) => [name, pseudonym]));
    };
    const [first, again, other, mapped] = [
      await of("outside/people.key"),
      await of("outside/people.key"),
      await of("outside/other.key"),
      await of("outside/map.csv"),
    ];
    expect(again).toEqual(first);
    expect(mapped).toEqual(first);
    const others = new Set(other.values());
    expect([...first.values()].filter((pseudonym) => others.has(pseudonym))).toEqual([]);
    expect([first.get("ann.marsh@tiny.example"), first.get("Ann Marsh"), first.get("adm-ann")]).toEqual(
      Array(3).fill(first.get("ann")),
    );
    expect(first.get("ann")).not.toBe(first.get("bela"));
    expect(first.has("svc-deploy")).toBe(false);
    world.write("outside/one.csv", "pseudonym,person,kind,name\nperson-0001,,login,ann\n");
    await expect(of("outside/one.csv")).rejects.toThrow(/the map has no pseudonym for \d+ of \d+ people, and no key/);
  } finally {
    warehouse.close();
  }
});

test("neither key nor map may lie where packs and pages do, or be asked for without pseudonyms", async () => {
  world.write("public/people.key", KEY);
  const unkeyed = (...args: string[]) => world.run("pack", "release", "api", "1.1", ...AS_OF, ...args);
  expect(await unkeyed("--pseudonyms", "public/people.key")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--pseudonyms: public\/people\.key lies in public, which is handed on/) as string,
  });
  expect(await pack("release", "api", "1.1", "--write-map", "public/packs/map.csv")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--write-map: public\/packs\/map\.csv lies in public/) as string,
  });
  expect(await unkeyed("--write-map", "map.csv")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--write-map: there are no pseudonyms without --pseudonyms/) as string,
  });
  expect([existsSync(world.path("public/packs/map.csv")), existsSync(world.path("map.csv"))]).toEqual([false, false]);
});

test("a key of the configuration is for every pack that is written, and the database holds nothing of it", async () => {
  world.write("quarterdeck.yaml", CONFIG.replace("packs: latest", "packs: latest, pseudonyms: outside/people.key"));
  const { code, out } = await world.run("build", "--output", "site", ...AS_OF);
  expect(code).toBe(0);
  expect(out).toContain("1 release pack ");
  const [folder = "", ...more] = readdirSync(world.path("site/packs"));
  expect([folder, more]).toEqual([expect.stringMatching(/^api-1\.1-pseudonyms-[0-9a-f]{8}$/), []]);
  expect(await namesIn(world.path(`site/packs/${folder}`), [...NAMES, KEY])).toEqual([]);
  expect(world.read("site/packs.html")).toContain("people under pseudonyms");
  expect(world.read(`site/${releasePath("api", "1.1")}`)).toContain(`packs/${folder}/pack.pdf`);
  expect(await namesIn(world.path("site"), [KEY])).toEqual([]);
  const bytes = readFileSync(world.path("quarterdeck.duckdb"));
  expect([bytes.includes(KEY), bytes.includes("person-")]).toEqual([false, false]);
  const named = await world.run("pack", "release", "api", "1.1", ...AS_OF, "--pseudonyms", "none");
  expect(named.out).toMatch(/api-1\.1 \(/);
  expect(named.err).toContain("warning: packs in public/packs name people and are published with the site");
  const elsewhere = await world.run("pack", "release", "api", "1.1", ...AS_OF, "--pseudonyms", "none", "--output", "kept");
  expect(elsewhere.err).not.toContain("name people");
});
