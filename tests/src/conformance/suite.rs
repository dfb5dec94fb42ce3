//! The list of promises, and the macro that makes each one a test.

/// Makes a module of tests: every promise, kept by the stores that `$make` makes. It is an async function from the name
/// of the promise's module (`"jobs"`, `"blobs"`, …) to a `Subject` with empty stores, or `None` where they cannot be had.
///
/// ```ignore
/// lexilingo_tests::conformance!(embedded, crate::on_embedded);
/// ```
#[macro_export]
macro_rules! conformance {
    ($backend:ident, $make:path) => {
        $crate::conformance! {
            @promises $backend, $make,
            jobs: {
                a_new_job_is_queued_with_its_first_event,
                creating_a_job_again_changes_nothing,
                every_change_raises_the_revision,
                a_forgotten_job_leaves_no_trace,
                two_tenants_never_see_each_others_jobs,
                an_overdue_job_is_expired_when_it_is_read,
                overdue_jobs_are_expired_a_bounded_number_at_a_time,
                a_record_that_has_gone_is_told_for_thirty_days,
                a_delivery_of_a_job_that_has_gone_is_over,
                events_resume_after_a_sequence_number,
                at_most_two_hundred_events_are_kept_and_the_last_among_them,
                a_watch_wakes_on_change,
                a_watch_of_a_quiet_job_waits_no_longer_than_told,
                a_canceled_job_tells_its_worker,
                an_end_is_announced_until_it_is_acknowledged,
                erasing_a_learner_leaves_no_trace,
            }
            deliveries: {
                a_delivery_runs_its_job_with_the_input_that_was_given,
                an_input_in_the_blob_store_is_named,
                starting_the_same_delivery_again_changes_nothing,
                a_stale_fence_changes_nothing,
                a_final_state_is_never_left,
                an_end_is_whole,
                a_failed_job_tells_why,
                a_delivery_that_was_never_started_can_fail_its_job,
                a_retried_job_is_queued_again_with_one_failure_more,
                a_handed_back_job_counts_no_failure,
                an_entry_whose_job_was_never_created_may_still_get_it,
                an_overdue_job_is_not_started,
                of_many_ends_at_once_one_counts,
            }
            successes: {
                a_job_looks_back_on_the_last_five_turns_of_its_session,
                a_failed_job_leaves_no_turn_and_nothing_to_write,
                a_success_is_unwritten_until_its_documents_are_written,
                whoever_writes_an_erased_learners_documents_is_told,
            }
            idempotency: {
                the_same_idempotency_key_names_the_job_it_made,
                the_same_idempotency_key_with_another_body_is_a_mismatch,
                an_idempotency_key_in_use_is_in_progress_for_a_minute,
                claiming_again_for_the_same_job_is_still_fresh,
                a_refused_request_frees_its_idempotency_key,
                of_many_claims_at_once_one_is_fresh,
            }
            lanes: {
                entries_come_in_the_order_in_which_they_were_pushed,
                pushing_an_entry_again_changes_nothing,
                a_push_beyond_the_cap_is_refused,
                lanes_are_apart,
                a_hundred_leases_at_once_never_hand_out_an_entry_twice,
                fences_rise_with_every_delivery,
                a_settlement_by_an_old_delivery_changes_nothing,
                retries_come_back_when_due_and_not_before,
                a_handed_back_entry_is_at_the_head,
                a_dead_entry_is_kept_aside,
                an_entry_of_a_lost_worker_goes_to_the_head_with_one_crash_more,
                recovering_looks_at_the_named_lanes_only,
                a_worker_that_leaves_gives_back_without_a_crash,
                a_push_wakes_a_worker_that_waits,
                what_is_given_back_wakes_a_worker_that_waits,
                a_push_before_the_waiting_begins_is_not_missed,
                waiting_ends_when_a_retry_is_due,
                waiting_for_an_empty_lane_ends_in_time,
                stats_tell_every_state_and_the_age_of_the_head,
            }
            history: {
                random_histories_match_the_model,
            }
            fleet: {
                living_workers_are_listed_as_they_reported,
                a_worker_that_is_lost_or_retired_is_forgotten,
                concurrent_additions_to_counters_lose_nothing,
                a_session_is_active_from_its_last_turn,
                the_queue_answers_a_ping,
            }
            budgets: {
                a_budget_is_used_up_until_its_window_ends,
                of_several_budgets_all_are_charged_or_none,
                many_at_once_never_overdraw_a_budget,
            }
            deliveries_of_webhooks: {
                an_event_is_lent_once_and_is_over_when_it_was_sent,
                a_failed_attempt_comes_back_when_it_is_due,
                what_a_lost_worker_held_is_lent_again_and_its_late_word_counts_nothing,
                an_endpoint_has_a_few_at_once_and_holds_up_no_other,
                all_events_are_lent_in_the_end_and_each_once,
                a_dropped_endpoint_leaves_nothing,
            }
            keys: {
                a_key_is_found_by_its_prefix_and_opens_its_tenant,
                a_key_that_has_ended_is_listed_for_ninety_days,
                changes_of_one_key_at_once_are_all_kept,
                more_keys_than_a_page_are_all_listed,
            }
            cache: {
                a_cached_value_is_there_until_its_time_is_over,
                cached_values_of_other_tenants_and_spaces_are_apart,
                erasing_a_learner_removes_what_they_caused_in_the_cache,
            }
            documents: {
                the_document_store_answers_a_ping,
                a_document_is_read_as_it_was_written,
                a_document_changes_only_at_the_expected_version,
                an_expired_document_counts_as_none,
                concurrent_increments_lose_nothing,
                many_documents_are_written_and_read_at_once,
                inserting_leaves_alone_what_is_there,
                documents_are_listed_by_id_and_in_pages,
                a_deleted_document_is_gone,
                two_tenants_never_see_each_others_documents,
                erasing_a_learner_counts_their_documents,
            }
            profiles: {
                a_profile_holds_what_the_learners_jobs_show,
                a_job_that_is_written_again_changes_no_profile,
                two_writers_of_one_profile_lose_nothing,
            }
            blobs: {
                a_blob_is_streamed_back_whole,
                a_blob_over_the_limit_leaves_nothing,
                an_upload_that_breaks_off_leaves_nothing,
                two_tenants_never_see_each_others_blobs,
                a_deleted_blob_is_gone,
                an_expired_blob_is_not_shown_and_is_swept,
                erasing_a_learner_removes_their_blobs,
            }
        }
    };
    (@promises $backend:ident, $make:path, $($module:ident: { $($promise:ident,)+ })+) => {
        mod $backend {
            $(mod $module {
                $(
                    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                    async fn $promise() {
                        $crate::conformance::$module::$promise($make().await).await;
                    }
                )+
            })+
        }
    };
}
