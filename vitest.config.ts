import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BuildersFirst } from "./test/order.ts";

// Before any worker starts: what a test prints must not depend on where it runs.
process.env["TZ"] = "UTC";

const SYSTEM = "test/**/*.system.test.ts";
const LONG = "test/**/*.long.test.ts";

export default defineConfig({
  test: {
    pool: "forks",
    // Tests wait for servers, processes and timers a third of the time.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    sequence: { sequencer: BuildersFirst },
    setupFiles: ["test/setup.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [SYSTEM, LONG],
          // Each file would load the engine and everything else anew: a tenth of the time.
          isolate: false,
          // How many threads the database takes where nothing else says so: in small ones a second costs a fifth more than it brings.
          env: { SLURM_CPUS_ON_NODE: "1" },
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        // Whole runs: collect, build, PDF tools, a browser.
        test: {
          name: "system",
          include: [SYSTEM],
          globalSetup: ["test/examples/acme-folder.ts"],
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        // What takes minutes and hardly ever finds what the others do not: every night and before a release.
        test: {
          name: "long",
          include: [LONG],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
