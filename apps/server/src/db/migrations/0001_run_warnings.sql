CREATE TABLE `run_warnings` (
	`run_id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`warnings` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `run_warnings_by_workspace` ON `run_warnings` (`workspace_id`,`run_id`);