import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { parseConfig } from "../../src/config/load.ts";
import { brokenRules } from "../../src/config/rules.ts";
import { configSchema } from "../../src/config/schema.ts";
import { packageRoot } from "../../src/package-root.ts";
import { DEPLOYMENTS, tinyWorld, type World } from "../cli/commands/world.ts";

interface Pod {
  readonly containers: readonly [
    {
      readonly args: readonly string[];
      readonly livenessProbe?: { readonly exec: { readonly command: readonly string[] } };
      readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
    },
  ];
  readonly volumes: readonly { readonly name: string; readonly configMap?: object; readonly persistentVolumeClaim?: object }[];
}

const read = (name: string) => readFileSync(join(packageRoot, "docs/deploy", name), "utf8");

const [map, claim] = parseAllDocuments(read("kubernetes.yaml")).map(
  (document) => document.toJS() as { metadata: { name: string }; data?: Record<string, string> },
);
const configuration = map?.data?.["quarterdeck.yaml"] ?? "";
const job = (parse(read("kubernetes-cronjob.yaml")) as { spec: { jobTemplate: { spec: { template: { spec: Pod } } } } }).spec.jobTemplate.spec.template.spec;
const deployment = (parse(read("kubernetes-deployment.yaml")) as { spec: { replicas: number; strategy: object; template: { spec: Pod } } }).spec;

/** A machine on which /data and /etc/quarterdeck are folders of a test. */
function machine(): { world: World; run: (args: readonly string[]) => ReturnType<World["run"]> } {
  const world = tinyWorld();
  const here = (text: string) => text.replaceAll("/data/", `${world.path("volume")}/`).replaceAll("/etc/quarterdeck/", `${world.path("etc")}/`);
  world.write("volume/exports/deployments.csv", DEPLOYMENTS);
  world.write("etc/quarterdeck.yaml", here(configuration).replace("schedule:\n", "schedule:\n  build: false\n"));
  return { world, run: (args) => world.run(...args.map(here)) };
}

test("the configuration that the page shows for one process is a right one", () => {
  const [, shown = ""] = /```yaml\n([^`]*)```/.exec(readFileSync(join(packageRoot, "docs/deploy.md"), "utf8")) ?? [];
  const tokens = { QUARTERDECK_NOTICE_URL: "https://chat.example.com/hook", GITHUB_TOKEN: "token" };
  expect(parseConfig(shown, "deploy.md", configSchema, tokens, brokenRules).schedule).toMatchObject({ jitter: 600, default: "17 4 * * *" });
});

test("the configuration is a right one, and puts what is written on the volume", () => {
  const { database, output, schedule } = parseConfig(configuration, "quarterdeck.yaml", configSchema, {}, brokenRules);
  for (const path of [database, output, schedule.health_file]) expect(path).toMatch(/^\/data\//);
});

test.each([
  ["job", job],
  ["deployment", deployment.template.spec],
])("the pod of the %s has the configuration and the volume where it looks for them", (_, { containers, volumes }) => {
  const mounts = containers[0].volumeMounts.map(({ name, mountPath }) => [mountPath, volumes.find((volume) => volume.name === name)]);
  expect(Object.fromEntries(mounts)).toMatchObject({
    "/etc/quarterdeck": { configMap: { name: map?.metadata.name } },
    "/data": { persistentVolumeClaim: { claimName: claim?.metadata.name } },
    "/tmp": {},
  });
});

test("the job collects, and the probe of the deployment tells health", async () => {
  const { run } = machine();
  const probe = deployment.template.spec.containers[0].livenessProbe?.exec.command ?? [];
  expect(probe[0]).toBe("quarterdeck");
  expect((await run(probe.slice(1))).code).toBe(1);
  expect(await run(job.containers[0].args)).toMatchObject({ code: 0, out: expect.stringContaining("exports deployment  4 new") as string });
  expect(await run(probe.slice(1))).toMatchObject({ code: 0, out: expect.stringMatching(/^exports: last read /) as string });
});

test("the deployment is one process that runs on", () => {
  expect(deployment).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } });
  expect(deployment.template.spec.containers[0].args).toEqual(job.containers[0].args.filter((argument) => argument !== "--once"));
});
