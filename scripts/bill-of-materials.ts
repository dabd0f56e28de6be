/**
 * Writes sbom.cdx.json, the CycloneDX bill of materials of the packed file: `npm run sbom`, which packing does by itself. npm makes it
 * from package-lock.json, whole: asked to omit what is for development, it omits `zod` and whatever else development needs, too. What
 * differs between two runs or two folders is left out.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { v5 } from "uuid";
import { packageRoot } from "../src/package-root.ts";
import { STATED } from "./licences.ts";
import { isDelivered, lockedPackages } from "./packages.ts";

interface Component {
  readonly "bom-ref": string;
  readonly name: string;
  readonly licenses?: readonly object[];
}

interface Bill {
  readonly metadata: { readonly component: Component; readonly [key: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly [key: string]: unknown;
}

const OPTIONS = ["--sbom-format=cyclonedx", "--sbom-type=application", "--package-lock-only"];

const made = JSON.parse(
  execFileSync("npm", ["sbom", ...OPTIONS], {
    cwd: packageRoot,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    stdio: ["ignore", "pipe", "inherit"],
  }),
) as Bill;

const delivered = new Set(
  lockedPackages()
    .filter(isDelivered)
    .map(({ name, version }) => `${name}@${version}`),
);
const components = made.components
  .filter((component) => delivered.has(component["bom-ref"]))
  .map(withLicence);
const kept = new Set([made.metadata.component["bom-ref"], ...delivered]);
const { timestamp: _, ...metadata } = made.metadata;

const bill: Bill = {
  ...made,
  serialNumber: `urn:uuid:${v5(JSON.stringify(components), v5.URL)}`,
  // npm names it after the folder.
  metadata: { ...metadata, component: { ...metadata.component, name: "quarterdeck" } },
  components,
  dependencies: made.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((ref) => kept.has(ref)) })),
};
writeFileSync(join(packageRoot, "sbom.cdx.json"), `${JSON.stringify(bill, null, 2)}\n`);

function withLicence(component: Component): Component {
  const stated = STATED[component.name];
  return stated === undefined ? component : { ...component, licenses: [{ license: { id: stated.licence } }] };
}
