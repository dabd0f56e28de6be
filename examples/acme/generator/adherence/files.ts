import type { TextFile } from "../files/text.ts";
import type { World } from "../records.ts";
import { archivedRecordsFile } from "./archive.ts";
import { artifactsFile } from "./artifacts.ts";
import { configurationItemsFile } from "./configuration-items.ts";
import { dataCopiesFile, driftScansFile, maskingJobsFile } from "./environments.ts";
import { evidenceFile } from "./evidence.ts";
import { gatesFile } from "./gates.ts";
import { changeTemplatesFile, deploymentPermissionsFile, pipelineRegistrationsFile } from "./permissions.ts";
import { pipelineJobsFile } from "./quality-gates.ts";
import { readinessReviewsFile, rollbackPlansFile } from "./readiness.ts";
import { runbookRevisionsFile } from "./releases.ts";
import { requestHistoryFile } from "./request-history.ts";
import { reviewsAfterwardsFile } from "./reviews-afterwards.ts";
import { rolloutStepsFile } from "./rollout-steps.ts";
import { smokeTestsFile } from "./smoke-tests.ts";

/** What proves that the process was followed, as jobs and people file it. */
export const proofFiles = (world: World): TextFile[] => [
  gatesFile(world),
  pipelineJobsFile(world),
  smokeTestsFile(world),
  rolloutStepsFile(world),
  configurationItemsFile(world),
  readinessReviewsFile(world),
  rollbackPlansFile(world),
  requestHistoryFile(world),
  runbookRevisionsFile(world),
  artifactsFile(world),
  evidenceFile(world),
  archivedRecordsFile(world),
  reviewsAfterwardsFile(world),
  driftScansFile(),
  dataCopiesFile(),
  maskingJobsFile(),
  pipelineRegistrationsFile(),
  deploymentPermissionsFile(),
  changeTemplatesFile(),
];
