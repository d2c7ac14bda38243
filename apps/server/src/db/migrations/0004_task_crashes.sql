CREATE TABLE `task_crashes` (
	`place` text PRIMARY KEY NOT NULL,
	`times` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `polls` ADD `stopped` integer DEFAULT false NOT NULL;