import { DAY, isoUtc } from "../clock.ts";
import { csv, type TextFile } from "../files/text.ts";
import type { World } from "../records.ts";
import { AS_OF } from "../clock.ts";
import { artifactsOf, nameOf } from "./artifacts.ts";
import { auditedReleases } from "./audited.ts";
import { isWithheld } from "./planted.ts";
import { releaseId } from "./releases.ts";

/** What the registry and the archive hold of the books, as they were last looked through. */
export function archivedRecordsFile(world: World): TextFile {
  const checked_at = isoUtc(AS_OF - 2 * DAY);
  return {
    name: "archived-records.csv",
    text: csv([...artifacts(world), ...logs(world)].map((row) => ({ ...row, checked_at }))),
  };
}

const artifacts = (world: World) =>
  artifactsOf(world)
    .filter((artifact) => !isWithheld("archived artifact", nameOf(artifact)))
    .map(({ service, sha, version, digest, builtAt }) => ({
      id: `AR-${service.code}-${sha.slice(0, 10)}`,
      record_class: "artifact",
      system: "registry",
      service: service.name,
      subject: version === undefined ? sha : `${service.name} ${version}`,
      digest,
      found_digest: digest,
      recorded_at: isoUtc(builtAt),
    }));

/** The log of each release. */
const logs = (world: World) =>
  auditedReleases(world).map((release) => ({
    id: `AL-${release.service.code}-${release.version}`,
    record_class: "deployment log",
    system: "archive",
    service: release.service.name,
    subject: releaseId(release),
    digest: "",
    found_digest: "",
    recorded_at: isoUtc(release.publishedAt),
  }));
