import type {
  Commit,
  Deployment,
  DeploymentStatus,
  DeploymentStatusState,
  Instant,
  Release,
  ReleaseAsset,
  Repository,
} from "./records.ts";
import { actor, environment } from "./repositories.ts";
import { sha1, type World } from "./world.ts";

export interface NewDeployment {
  readonly by: string;
  readonly environment: string;
  readonly commit?: Commit;
  /** Where the commit is not (or no longer) in the repository. */
  readonly commitOid?: string;
  readonly ref?: string;
  readonly at?: Instant;
  readonly payload?: string;
  readonly description?: string;
  readonly task?: string;
}

export function deploy(world: World, repository: Repository, about: NewDeployment): Deployment {
  const at = about.at ?? world.now;
  environment(world, repository, about.environment);
  const made = world.create<Deployment>({
    __typename: "Deployment",
    repository,
    commitOid: about.commit?.oid ?? about.commitOid ?? "0".repeat(40),
    refName: about.ref ?? repository.defaultBranch,
    task: about.task ?? "deploy",
    environment: about.environment,
    description: about.description ?? "",
    payload: about.payload ?? null,
    creator: actor(world, about.by),
    createdAt: at,
    updatedAt: at,
    history: [],
  });
  repository.deployments.push(made);
  return made;
}

export interface NewStatus {
  readonly by?: string;
  readonly at?: Instant;
  readonly description?: string;
  readonly logUrl?: string;
  readonly environmentUrl?: string;
  /** GitHub's `auto_inactive`: a success makes what was live before inactive. */
  readonly supersedes?: boolean;
}

export function setStatus(
  world: World,
  deployment: Deployment,
  state: DeploymentStatusState,
  about: NewStatus = {},
): DeploymentStatus {
  const at = about.at ?? world.now;
  const made = addStatus(world, deployment, state, at, about);
  if (state === "SUCCESS" && about.supersedes !== false) supersede(world, deployment, at);
  return made;
}

function addStatus(
  world: World,
  deployment: Deployment,
  state: DeploymentStatusState,
  at: Instant,
  about: NewStatus,
): DeploymentStatus {
  const made = world.create<DeploymentStatus>({
    __typename: "DeploymentStatus",
    deployment,
    state,
    creator: about.by === undefined ? deployment.creator : actor(world, about.by),
    description: about.description ?? "",
    environment: deployment.environment,
    environmentUrl: about.environmentUrl ?? null,
    logUrl: about.logUrl ?? null,
    createdAt: at,
    updatedAt: at,
  });
  deployment.history.push(made);
  if (at > deployment.updatedAt) deployment.updatedAt = at;
  world.version++;
  return made;
}

function supersede(world: World, live: Deployment, at: Instant): void {
  const { deployments } = live.repository;
  for (let index = deployments.lastIndexOf(live) - 1; index >= 0; index--) {
    const other = deployments[index];
    if (other?.environment !== live.environment) continue;
    const state = other.history.at(-1)?.state;
    if (state === "SUCCESS") addStatus(world, other, "INACTIVE", at, {});
    // What was superseded already superseded all before it.
    if (state === "SUCCESS" || state === "INACTIVE") return;
  }
}

export function deleteDeployment(world: World, deployment: Deployment): void {
  const { deployments } = deployment.repository;
  deployments.splice(deployments.indexOf(deployment), 1);
  world.forget(deployment, ...deployment.history);
}

export interface NewRelease {
  readonly by: string;
  readonly tagName: string;
  readonly name?: string;
  readonly notes?: string;
  readonly at?: Instant;
  readonly target?: string;
  readonly isDraft?: boolean;
  readonly isPrerelease?: boolean;
  readonly assets?: readonly string[];
}

export function release(world: World, repository: Repository, about: NewRelease): Release {
  const at = about.at ?? world.now;
  const made = world.create<Release>({
    __typename: "Release",
    repository,
    author: actor(world, about.by),
    tagName: about.tagName,
    target: about.target ?? repository.defaultBranch,
    name: about.name ?? about.tagName,
    description: about.notes ?? "",
    isDraft: about.isDraft ?? false,
    isPrerelease: about.isPrerelease ?? false,
    createdAt: at,
    publishedAt: about.isDraft ? null : at,
    updatedAt: at,
    assets: [],
  });
  for (const name of about.assets ?? []) made.assets.push(asset(world, made, name, at));
  repository.releases.push(made);
  world.version++;
  return made;
}

function asset(world: World, of: Release, name: string, at: Instant): ReleaseAsset {
  return world.create<ReleaseAsset>({
    __typename: "ReleaseAsset",
    release: of,
    name,
    contentType: "application/octet-stream",
    size: 1024 * name.length,
    digest: `sha256:${sha1(`${of.tagName} ${name}`)}${"0".repeat(24)}`,
    uploadedBy: of.author,
    createdAt: at,
    updatedAt: at,
  });
}

export function publishRelease(world: World, draft: Release, at: Instant = world.now): void {
  draft.isDraft = false;
  draft.publishedAt = at;
  draft.updatedAt = at;
  world.version++;
}

export function editRelease(
  world: World,
  target: Release,
  change: { readonly name?: string; readonly description?: string },
  at: Instant = world.now,
): void {
  Object.assign(target, change);
  target.updatedAt = at;
  world.version++;
}

export function deleteRelease(world: World, target: Release): void {
  const { releases } = target.repository;
  releases.splice(releases.indexOf(target), 1);
  world.forget(target, ...target.assets);
}
