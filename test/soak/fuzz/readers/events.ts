import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../../src/package-root.ts";
import type { Reader, Sample } from "../reader.ts";
import { World } from "../../../fakes/github/world/world.ts";
import { Webhook } from "../../../fakes/github/webhooks/deliveries.ts";
import { organization } from "../../../fakes/github/world/repositories.ts";
import { begun } from "../../../fakes/github/world/scenarios.ts";
import { ALL, dropped } from "./collected.ts";

const cdevents = readFileSync(join(packageRoot, "test/collectors/events/examples.ndjson"), "utf8")
  .trimEnd()
  .split("\n");

/** By fours: a line that is broken leaves the others. */
function parts(lines: readonly string[], folder: string): Sample[] {
  return Array.from({ length: Math.ceil(lines.length / 4) }, (_, index) => ({
    name: `${folder}/a.ndjson`,
    bytes: Buffer.from(`${lines.slice(index * 4, index * 4 + 4).join("\n")}\n`),
  }));
}

const enveloped = (line: string) => {
  const data = JSON.parse(line) as { context: { id: string; source: string; type: string } };
  const { id, source, type } = data.context;
  return JSON.stringify({ specversion: "1.0", id, source, type, data });
};

/** GitHub's own examples of every event that it delivers. */
function githubsOwn(): string[] {
  const path = join(packageRoot, "node_modules/@octokit/webhooks-examples/api.github.com/index.json");
  const kinds = JSON.parse(readFileSync(path, "utf8")) as { name: string; examples: object[] }[];
  return kinds.flatMap(({ name, examples }) =>
    examples
      .slice(0, 3)
      .map((payload, index) =>
        delivery({ event: name, id: `${name}-${index}`, payload, deliveredAt: "2026-03-02T10:00:00Z" }),
      ),
  );
}

const delivery = ({
  event,
  id,
  payload,
  deliveredAt,
}: {
  event: string;
  id: string;
  payload: object;
  deliveredAt: string;
}) =>
  JSON.stringify({
    headers: { "X-GitHub-Event": event, "X-GitHub-Delivery": id },
    received_at: deliveredAt,
    payload,
  });

function fakes(): string[] {
  const world = new World("2026-01-05T08:00:00Z");
  organization(world, "acme");
  const webhook = new Webhook(world);
  begun(world, "acme/service1");
  return webhook.take().map(delivery);
}

/** What GitHub delivers, a line each. */
export const deliveredLines = (): string[] => [...fakes(), ...githubsOwn()];

export const eventReaders: readonly Reader[] = [
  dropped({ name: "events", test: 40 }, () => ({
    samples: [...parts(cdevents, "."), ...parts(cdevents.map(enveloped), ".")],
    sources: { [ALL]: { collector: "events", paths: ["in/*"] } },
  })),
  dropped({ name: "webhooks", test: 40 }, () => ({
    samples: [...parts(fakes(), "."), ...parts(githubsOwn(), ".")],
    sources: { [ALL]: { collector: "github", deliveries: { paths: ["in/*"], webhook_secret: "${HOOK}" } } },
    env: { HOOK: "secret" },
  })),
];
