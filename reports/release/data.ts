import type { PackQuery } from "../pack-queries.ts";

/**
 * What a release pack prints: rows of queries/reports/release_*.sql, in their words. Instants are ISO 8601 in
 * UTC, durations whole seconds, `null` is what no source said.
 */
export interface ReleaseKey {
  readonly service: string;
  readonly version: string;
}

export interface SummaryRow extends ReleaseKey {
  readonly service_title: string | null;
  readonly repository: string | null;
  readonly tier: number | null;
  readonly regulated: readonly string[];
  readonly teams: string | null;
  readonly release_id: string | null;
  readonly title: string | null;
  readonly kind: string | null;
  readonly train: string | null;
  readonly tag: string | null;
  readonly sha: string | null;
  readonly notes: string | null;
  readonly planned_at: string | null;
  readonly published_at: string | null;
  readonly url: string | null;
  readonly waves: number;
  readonly first_live_at: string | null;
  readonly last_live_at: string | null;
  readonly failed_waves: number;
  readonly pending_waves: number;
  readonly unknown_waves: number;
  readonly open_failures: number;
  readonly attempts: number;
  readonly production_attempts: number;
  readonly unsuccessful_attempts: number;
  readonly changes: number;
  readonly approved_changes: number;
  /** Changes of repositories of which any review was collected. */
  readonly changes_with_review_source: number;
  readonly commits_without_request: number;
  readonly approvals: number;
  readonly rejections: number;
  readonly late_approvals: number;
  readonly suites: number;
  readonly failed_suites: number;
  readonly unknown_suites: number;
  readonly candidate_incidents: number;
  readonly accepted_incidents: number;
  readonly has_approvals: boolean;
  readonly has_tests: boolean;
  readonly has_incidents: boolean;
  readonly waves_with_incident_source: number;
}

export interface WaveRow extends ReleaseKey {
  readonly wave_id: string;
  readonly environment: string;
  readonly kind: string;
  readonly sha: string | null;
  readonly started_at: string | null;
  readonly live_at: string;
  readonly completed_at: string;
  readonly copies: number;
  readonly attempts: number;
  readonly position_basis: string;
  readonly outcome: string | null;
  readonly is_failure: boolean | null;
  readonly failure_reasons: readonly string[] | null;
  readonly is_rework: boolean | null;
  readonly rework_reasons: readonly string[] | null;
  readonly restored_at: string | null;
  readonly recovery_seconds: number | null;
  readonly is_open: boolean | null;
}

export interface ChangeRow extends ReleaseKey {
  readonly change_id: string;
  readonly native_id: string;
  readonly number: string | null;
  readonly title: string | null;
  readonly kind: string;
  readonly author: string;
  readonly merged_at: string | null;
  readonly merge_sha: string | null;
  readonly additions: number | null;
  readonly deletions: number | null;
  readonly files_changed: number | null;
  readonly commit_count: number | null;
  readonly tickets: readonly string[] | null;
  readonly labels: readonly string[] | null;
  readonly review: string;
  readonly has_review_source: boolean;
  readonly is_approved: boolean;
  readonly approvers: string | null;
  readonly wave_id: string;
  readonly is_before_history: boolean | null;
  readonly source: string;
  readonly url: string | null;
  readonly excluded_reason: string | null;
}

export interface BranchCommitRow extends ReleaseKey {
  readonly sha: string;
  readonly subject: string;
  readonly author: string;
  readonly committed_at: string;
  readonly cherry_picked_from: readonly string[];
}

export interface ApprovalRow extends ReleaseKey {
  readonly kind: string;
  readonly approval_id: string;
  readonly subject: string;
  readonly subject_title: string | null;
  readonly subject_type: string | null;
  readonly environment: string;
  readonly approver: string;
  readonly role: string | null;
  readonly decision: string;
  readonly decided_at: string | null;
  readonly is_derived: boolean;
  readonly timing: string;
  readonly justification: string | null;
  readonly url: string | null;
}

export interface TestRow extends ReleaseKey {
  readonly test_result_id: string;
  readonly suite: string;
  readonly kind: string | null;
  readonly environment: string | null;
  readonly sha: string | null;
  readonly total: number | null;
  readonly failed: number | null;
  readonly skipped: number | null;
  readonly coverage: number | null;
  readonly finished_at: string | null;
  readonly outcome: string;
  readonly url: string | null;
}

export interface DeploymentRow extends ReleaseKey {
  readonly deployment_id: string;
  readonly native_id: string;
  readonly attempt: number;
  readonly environment: string;
  readonly environment_kind: string | null;
  readonly sha: string | null;
  readonly status: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly live_at: string | null;
  readonly duration_seconds: number | null;
  readonly deployer: string;
  readonly pipeline_run: string | null;
  readonly wave_id: string | null;
  readonly wave_kind: string | null;
  readonly train: string | null;
  readonly labels: readonly string[] | null;
  readonly change_requests: readonly string[] | null;
  readonly source: string;
  readonly url: string | null;
  readonly excluded_reason: string | null;
}

export interface LeadTimeRow extends ReleaseKey {
  readonly change_id: string;
  readonly number: string | null;
  readonly title: string | null;
  readonly basis: string;
  readonly live_at: string;
  readonly lead_seconds: number;
  readonly coding_seconds: number | null;
  readonly pickup_seconds: number | null;
  readonly review_seconds: number | null;
  readonly no_review_seconds: number | null;
  readonly merge_to_live_seconds: number | null;
  readonly url: string | null;
}

export interface LeadTimeSummaryRow extends ReleaseKey {
  readonly basis: string;
  readonly n: number;
  readonly median_seconds: number;
  readonly shortest_seconds: number;
  readonly longest_seconds: number;
}

export interface IncidentRow extends ReleaseKey {
  readonly incident_id: string;
  readonly wave_id: string;
  readonly native_id: string;
  readonly title: string | null;
  readonly incident_service: string | null;
  readonly severity: string | null;
  readonly classification: string | null;
  readonly started_at: string;
  readonly mitigated_at: string | null;
  readonly resolved_at: string | null;
  readonly confidence: number;
  readonly class: string;
  readonly reasons: readonly string[];
  readonly is_accepted: boolean;
  readonly cause: string | null;
  readonly source: string;
  readonly url: string | null;
}

export interface SourceRow {
  readonly source: string;
  readonly collector: string;
  readonly stream: string | null;
  readonly records: number;
  readonly declared_total: number | null;
  readonly rejected_rows: number;
  readonly collected_at: string | null;
  readonly last_run_id: number | null;
  readonly last_status: string | null;
  readonly last_message: string | null;
}

export interface CompletenessRow extends ReleaseKey {
  readonly entity: string;
  readonly source: string;
  readonly asserted_from: string | null;
  readonly asserted_until: string | null;
  readonly asserted_by: string;
}

/** What the figures were made from, and by what. */
export interface Provenance {
  readonly organisation: string;
  readonly time_zone: string;
  readonly as_of: string;
  readonly run_id: number | null;
  /** Of data, configuration, parameters and queries together. */
  readonly build_fingerprint: string;
  readonly configuration_sha256: string;
  /** Last link of the chain over everything collected. */
  readonly chain_sha256: string | null;
  readonly product_version: string;
}

export interface ReleasePackData {
  readonly provenance: Provenance;
  readonly summary: SummaryRow;
  readonly waves: readonly WaveRow[];
  readonly changes: readonly ChangeRow[];
  readonly branchCommits: readonly BranchCommitRow[];
  readonly approvals: readonly ApprovalRow[];
  readonly tests: readonly TestRow[];
  readonly deployments: readonly DeploymentRow[];
  readonly leadTimes: readonly LeadTimeRow[];
  readonly leadTimeSummary: readonly LeadTimeSummaryRow[];
  readonly incidents: readonly IncidentRow[];
  readonly sources: readonly SourceRow[];
  readonly completeness: readonly CompletenessRow[];
  readonly queries: readonly PackQuery[];
}
