import { HTML } from "../graphql/resolvers/fields.ts";
import { refusal, reply } from "../server/http.ts";
import type { Release, ReleaseAsset } from "../world/records.ts";
import { fullNameOf } from "../world/world.ts";
import { repositoryUrl, type Schemas, simpleUser } from "./present.ts";
import { page, type RepositoryCall, repositoryRoute, type Route } from "./router.ts";

export const releaseRoutes: readonly Route[] = [
  repositoryRoute("/releases", "contents", (call) =>
    page(call, newestFirst(call.repository.releases), (one) => presentRelease(call, one)),
  ),
  repositoryRoute("/releases/{release_id}", "contents", (call) => {
    const found = call.repository.releases.find(
      ({ databaseId }) => String(databaseId) === call.values["release_id"],
    );
    return found ? reply(200, presentRelease(call, found)) : refusal(404, "Not Found");
  }),
];

const newestFirst = <T extends { readonly createdAt: string; readonly databaseId: number }>(
  items: readonly T[],
) =>
  items.toSorted((one, other) =>
    one.createdAt < other.createdAt
      ? 1
      : one.createdAt > other.createdAt
        ? -1
        : other.databaseId - one.databaseId,
  );

export function presentRelease(call: RepositoryCall, release: Release): Schemas["release"] {
  const { base } = call.asked;
  const url = `${repositoryUrl(base, release.repository)}/releases/${release.databaseId}`;
  return {
    url,
    html_url: `${HTML}/${fullNameOf(release.repository)}/releases/tag/${release.tagName}`,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets`,
    tarball_url: null,
    zipball_url: null,
    id: release.databaseId,
    node_id: release.id,
    tag_name: release.tagName,
    target_commitish: release.target,
    name: release.name,
    body: release.description,
    draft: release.isDraft,
    prerelease: release.isPrerelease,
    created_at: release.createdAt,
    published_at: release.publishedAt,
    updated_at: release.updatedAt,
    author: simpleUser(base, release.author),
    assets: release.assets.map((one) => presentAsset(call, one)),
  };
}

function presentAsset({ asked: { base } }: RepositoryCall, asset: ReleaseAsset): Schemas["release-asset"] {
  const { release } = asset;
  return {
    url: `${repositoryUrl(base, release.repository)}/releases/assets/${asset.databaseId}`,
    browser_download_url: `${HTML}/${fullNameOf(release.repository)}/releases/download/${release.tagName}/${asset.name}`,
    id: asset.databaseId,
    node_id: asset.id,
    name: asset.name,
    label: null,
    state: "uploaded",
    content_type: asset.contentType,
    size: asset.size,
    digest: asset.digest,
    download_count: 0,
    created_at: asset.createdAt,
    updated_at: asset.updatedAt,
    uploader: simpleUser(base, asset.uploadedBy),
  };
}
