import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    readonly acmeFolder: string;
  }
}

/** One folder for all test files of a run: whichever of them first asks for Acme's site builds it there. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-acme-"));
  project.provide("acmeFolder", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
