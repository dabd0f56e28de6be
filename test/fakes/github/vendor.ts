import type { NamesOf, Vendor } from "../vendor.ts";
import { deploymentsOf } from "./acme/delivery.ts";
import { acmeWorld } from "./acme/world.ts";
import { DEMO_TOKEN, startFakeGitHub } from "./index.ts";
import type { World } from "./world/world.ts";

function namesIn(world: World): NamesOf {
  const numbers = deploymentsOf(world);
  return (run) => numbers.get(run)?.map(String) ?? [run];
}

export const github: Vendor = {
  name: "github",
  title: "GitHub",
  port: 8930,
  isGrowing: true,
  env: { GITHUB_TOKEN: DEMO_TOKEN.token },
  async start({ port, scale, until }) {
    const served = await startFakeGitHub({
      world: acmeWorld({ scale, ...(until !== undefined && { until }) }),
      port,
      // The whole company is more than an hour's allowance: whoever tries it should not wait for the next.
      tokens: [{ ...DEMO_TOKEN, pointsPerHour: 1_000_000 }],
    });
    return { url: served.url, close: () => served.close(), namesOf: namesIn(served.world) };
  },
  // Services of one repository are told apart by paths; the wait for a runner is in jobs.
  source: (url) => ({
    collector: "github",
    url,
    organisations: ["acme"],
    token: "${GITHUB_TOKEN}",
    paths: true,
    pipelines: { jobs: "all" },
  }),
};
