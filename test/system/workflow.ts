import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { packageRoot } from "../../src/package-root.ts";

interface Step {
  readonly name?: string;
  readonly run?: string;
}

const { jobs } = parse(readFileSync(join(packageRoot, "docs/deploy/github-actions.yml"), "utf8")) as {
  readonly jobs: { readonly build: { readonly steps: readonly Step[] } };
};

/** Answers as GitHub's command line does: artifacts from one file, the database from another. */
const FAKE_GH = `#!/bin/sh
echo "$@" >> "$FAKE/calls"
case "$1" in
  api) cat "$FAKE/artifacts.json" ;;
  run)
    case "$*" in
      *quarterdeck-packs*) mkdir -p public/packs/earlier && echo kept > public/packs/earlier/pack.txt ;;
      *) cp "$FAKE/quarterdeck.duckdb" . ;;
    esac ;;
esac
`;

/** Runs steps of the example workflow as a runner would, in a folder that stands for its checkout. */
export class Runner {
  readonly #folder: string;
  readonly #fake: string;

  constructor(folder: string) {
    this.#folder = join(folder, "delivery");
    this.#fake = join(folder, "fake");
    this.#program(join(this.#folder, "node_modules/.bin/quarterdeck"));
    mkdirSync(this.#fake);
    writeFileSync(join(this.#fake, "gh"), FAKE_GH);
    chmodSync(join(this.#fake, "gh"), 0o755);
  }

  #program(path: string): void {
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(packageRoot, "bin/quarterdeck.js"), path);
  }

  run(name: string): { readonly status: number | null; readonly said: string } {
    const step = jobs.build.steps.find((step) => step.name === name);
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", "-c", step?.run ?? "exit 99"],
      {
        cwd: this.#folder,
        encoding: "utf8",
        env: { ...process.env, ...this.#environment() },
      },
    );
    return { status, said: stdout + stderr };
  }

  #environment() {
    return {
      PATH: [this.#fake, dirname(process.execPath), process.env["PATH"]].join(":"),
      FAKE: this.#fake,
      GITHUB_OUTPUT: join(this.#fake, "output"),
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_REPOSITORY_ID: "7",
      GITHUB_REF_NAME: "main",
    };
  }

  give(file: string, text: string): void {
    writeFileSync(join(this.#fake, file), text);
  }

  said(file: string): string {
    return readFileSync(join(this.#fake, file), "utf8");
  }
}
