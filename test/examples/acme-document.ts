import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { packageRoot } from "../../src/package-root.ts";

export interface AcmeDocument {
  readonly services: Readonly<Record<string, object>>;
  readonly sources: Readonly<Record<string, AcmeSource>>;
}

export interface AcmeSource {
  readonly files?: readonly { readonly entity: string }[];
  readonly complete?: readonly { readonly entity: string }[];
}

/** Acme's own configuration: of its exports, or of its events. */
export const acmeDocument = (file: "quarterdeck.yaml" | "events.yaml" = "quarterdeck.yaml"): AcmeDocument =>
  parse(readFileSync(join(packageRoot, "examples/acme", file), "utf8"), {
    maxAliasCount: -1,
  }) as AcmeDocument;
