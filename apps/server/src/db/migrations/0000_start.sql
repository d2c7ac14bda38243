CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `accounts_user` ON `accounts` (`user_id`);--> statement-breakpoint
CREATE TABLE `approvals` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`run_id` text NOT NULL,
	`step_key` text NOT NULL,
	`mode` text NOT NULL,
	`status` text NOT NULL,
	`question` text NOT NULL,
	`assignees` text NOT NULL,
	`requested_at` integer NOT NULL,
	`due_at` integer,
	`decided_at` integer,
	`decided_by` text,
	`comment` text,
	`shown` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `approvals_by_step` ON `approvals` (`run_id`,`step_key`);--> statement-breakpoint
CREATE INDEX `approvals_by_workspace` ON `approvals` (`workspace_id`,`id`);--> statement-breakpoint
CREATE INDEX `approvals_open` ON `approvals` (`workspace_id`,`id`) WHERE status = 'open';--> statement-breakpoint
CREATE TABLE `audit_events` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`action` text NOT NULL,
	`subject_id` text NOT NULL,
	`before` text,
	`after` text
);
--> statement-breakpoint
CREATE INDEX `audit_events_subject` ON `audit_events` (`workspace_id`,`subject_id`,`at`);--> statement-breakpoint
CREATE TABLE `backfills` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`version_id` text NOT NULL,
	`range_from` text NOT NULL,
	`range_to` text,
	`total` integer,
	`status` text NOT NULL,
	`error` text,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `backfills_by_flow` ON `backfills` (`flow_id`,`id`);--> statement-breakpoint
CREATE TABLE `blob_uses` (
	`run_id` text NOT NULL,
	`sha256` text NOT NULL,
	PRIMARY KEY(`run_id`, `sha256`)
);
--> statement-breakpoint
CREATE INDEX `blob_uses_by_blob` ON `blob_uses` (`sha256`);--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`title` text NOT NULL,
	`connector` text NOT NULL,
	`scheme` text NOT NULL,
	`config` text NOT NULL,
	`credential_fields` text NOT NULL,
	`sealed` blob NOT NULL,
	`version` integer NOT NULL,
	`rate_limit` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`tested_at` integer,
	`test_ok` integer,
	`test_message` text,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `connections_workspace` ON `connections` (`workspace_id`);--> statement-breakpoint
CREATE TABLE `cursors` (
	`name` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`run_id` text NOT NULL,
	`step_key` text NOT NULL,
	`batch` integer NOT NULL,
	`idx` integer NOT NULL,
	`origin_run_id` text NOT NULL,
	`at` integer NOT NULL,
	`replayed_by` text,
	`discarded_at` integer,
	`error` text NOT NULL,
	`record` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `dead_letters_by_run` ON `dead_letters` (`run_id`,`id`);--> statement-breakpoint
CREATE INDEX `dead_letters_by_flow` ON `dead_letters` (`flow_id`,`id`);--> statement-breakpoint
CREATE INDEX `dead_letters_open` ON `dead_letters` (`run_id`) WHERE replayed_by is null and discarded_at is null;--> statement-breakpoint
CREATE INDEX `dead_letters_again` ON `dead_letters` (`replayed_by`,`id`) WHERE replayed_by is not null;--> statement-breakpoint
CREATE TABLE `letter_runs` (
	`run_id` text PRIMARY KEY NOT NULL,
	`letters` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `engine_epoch` (
	`id` integer PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `file_additions` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`run_id` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`offset` integer NOT NULL,
	`length` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `file_additions_order` ON `file_additions` (`workspace_id`,`name`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `file_additions_key` ON `file_additions` (`workspace_id`,`name`,`idempotency_key`);--> statement-breakpoint
CREATE TABLE `files` (
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`run_id` text,
	PRIMARY KEY(`workspace_id`, `name`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `flow_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`number` integer NOT NULL,
	`connection_ids` text NOT NULL,
	`document` text NOT NULL,
	`note` text,
	`published_at` integer NOT NULL,
	`published_by` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`flow_id`) REFERENCES `flows`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`published_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `flow_versions_number` ON `flow_versions` (`flow_id`,`number`);--> statement-breakpoint
CREATE TABLE `flows` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`title` text NOT NULL,
	`connectors` text NOT NULL,
	`connection_ids` text NOT NULL,
	`revision` integer NOT NULL,
	`enabled` integer NOT NULL,
	`paused_at` integer,
	`published_number` integer,
	`unpublished_changes` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	`draft` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `flows_workspace` ON `flows` (`workspace_id`,`updated_at`);--> statement-breakpoint
CREATE TABLE `holds` (
	`id` text PRIMARY KEY NOT NULL,
	`note` text NOT NULL,
	`held_by` text NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `installation` (
	`id` integer PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`settings` text NOT NULL,
	`claimed_at` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `memberships` (
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `user_id`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `memberships_user` ON `memberships` (`user_id`);--> statement-breakpoint
CREATE TABLE `polls` (
	`flow_id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`interval_ms` integer NOT NULL,
	`next_at` integer NOT NULL,
	`last_at` integer,
	`last_items` integer DEFAULT 0 NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE TABLE `practice_records` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`idempotency_key` text,
	`received` text NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `practice_records_kind` ON `practice_records` (`workspace_id`,`kind`,`id`);--> statement-breakpoint
CREATE TABLE `rate_buckets` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`full_at` real NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rate_buckets_name_unique` ON `rate_buckets` (`name`);--> statement-breakpoint
CREATE TABLE `rejections` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	`message` text NOT NULL,
	`excerpt` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `rejections_by_flow` ON `rejections` (`flow_id`,`id`);--> statement-breakpoint
CREATE TABLE `repeated_requests` (
	`user_id` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`status` integer NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `key`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `repeated_requests_age` ON `repeated_requests` (`created_at`);--> statement-breakpoint
CREATE TABLE `run_crashes` (
	`run_id` text PRIMARY KEY NOT NULL,
	`times` integer NOT NULL,
	`place` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `run_days` (
	`id` integer PRIMARY KEY NOT NULL,
	`flow_id` text NOT NULL,
	`day` integer NOT NULL,
	`succeeded` integer NOT NULL,
	`failed` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `run_days_unique` ON `run_days` (`flow_id`,`day`);--> statement-breakpoint
CREATE TABLE `run_documents` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`document` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `run_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`flow_id` text NOT NULL,
	`event_id` text NOT NULL,
	`run_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `run_events_unique` ON `run_events` (`flow_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `run_events_by_age` ON `run_events` (`at`);--> statement-breakpoint
CREATE TABLE `run_journal` (
	`id` integer PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`entries` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `run_journal_by_run` ON `run_journal` (`run_id`);--> statement-breakpoint
CREATE TABLE `run_waits` (
	`id` integer PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`step_key` text NOT NULL,
	`until` integer,
	`name` text,
	`key` text
);
--> statement-breakpoint
CREATE INDEX `run_waits_by_run` ON `run_waits` (`run_id`);--> statement-breakpoint
CREATE INDEX `run_waits_by_address` ON `run_waits` (`workspace_id`,`name`,`key`) WHERE name is not null;--> statement-breakpoint
CREATE INDEX `run_waits_due` ON `run_waits` (`until`) WHERE until is not null;--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`version_id` text NOT NULL,
	`mode` text NOT NULL,
	`status` text NOT NULL,
	`epoch` integer NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	`until_step` text,
	`event_id` text,
	`traceparent` text,
	`replay_of` text,
	`replay_from` text,
	`effects_of` text,
	`parent_run` text,
	`parent_step` text,
	`depth` integer,
	`name` text,
	`pinned` integer,
	`run_key` text,
	`held` integer,
	`error` text,
	`answer` text,
	`payload` text NOT NULL,
	`entries` text
);
--> statement-breakpoint
CREATE INDEX `runs_by_workspace` ON `runs` (`workspace_id`,`id`);--> statement-breakpoint
CREATE INDEX `runs_by_flow` ON `runs` (`flow_id`,`id`);--> statement-breakpoint
CREATE INDEX `runs_open` ON `runs` (`status`,`created_at`) WHERE status in ('queued', 'running');--> statement-breakpoint
CREATE INDEX `runs_waiting` ON `runs` (`workspace_id`,`id`) WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX `runs_queued` ON `runs` (`workspace_id`,`flow_id`,`version_id`,`mode`,`held`,`id`) WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX `runs_keyed` ON `runs` (`flow_id`,`run_key`,`held`,`id`) WHERE run_key is not null and status in ('queued', 'running', 'waiting');--> statement-breakpoint
CREATE INDEX `runs_of_documents` ON `runs` (`version_id`) WHERE mode = 'test';--> statement-breakpoint
CREATE INDEX `runs_by_replayed` ON `runs` (`replay_of`) WHERE replay_of is not null;--> statement-breakpoint
CREATE INDEX `runs_by_parent` ON `runs` (`parent_run`) WHERE parent_run is not null;--> statement-breakpoint
CREATE INDEX `runs_unsuccessful` ON `runs` (`workspace_id`,`id`) WHERE status in ('failed', 'cancelled');--> statement-breakpoint
CREATE TABLE `schedules` (
	`flow_id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`cron` text NOT NULL,
	`timezone` text NOT NULL,
	`active_since` integer NOT NULL,
	`last_tick` integer,
	`missed` text DEFAULT 'once' NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`token` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_unique` ON `sessions` (`token`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `signals` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`key` text NOT NULL,
	`event_id` text,
	`payload` text NOT NULL,
	`at` integer NOT NULL,
	`taken_at` integer
);
--> statement-breakpoint
CREATE INDEX `signals_by_address` ON `signals` (`workspace_id`,`name`,`key`) WHERE taken_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `signals_by_event` ON `signals` (`workspace_id`,`name`,`key`,`event_id`) WHERE event_id is not null;--> statement-breakpoint
CREATE INDEX `signals_by_age` ON `signals` (`at`);--> statement-breakpoint
CREATE TABLE `stream_progress` (
	`id` integer PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`step_key` text NOT NULL,
	`progress` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stream_progress_of` ON `stream_progress` (`run_id`,`step_key`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook_paths` (
	`workspace_id` text NOT NULL,
	`path` text NOT NULL,
	`flow_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `path`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`flow_id`) REFERENCES `flows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `webhook_paths_flow` ON `webhook_paths` (`flow_id`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`practice_token` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `workspaces_practice_token_unique` ON `workspaces` (`practice_token`);