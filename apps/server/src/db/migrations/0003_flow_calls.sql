CREATE TABLE `flow_calls` (
	`flow_id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`trigger` text,
	`calls` text NOT NULL,
	FOREIGN KEY (`flow_id`) REFERENCES `flows`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `flow_calls_workspace` ON `flow_calls` (`workspace_id`);
--> statement-breakpoint
INSERT INTO `flow_calls`
SELECT flow.id, flow.workspace_id,
	(SELECT json_extract(step.value, '$.use') FROM json_each(flow.document, '$.steps') step WHERE json_extract(step.value, '$.kind') = 'trigger' LIMIT 1),
	(SELECT json_group_array(DISTINCT json_extract(step.value, '$.flow')) FROM json_each(flow.document, '$.steps') step WHERE json_extract(step.value, '$.kind') = 'subflow' AND json_extract(step.value, '$.flow') <> '')
FROM (
	SELECT flows.id, flows.workspace_id, coalesce(version.document, flows.draft) AS document
	FROM flows LEFT JOIN flow_versions version ON version.flow_id = flows.id AND version.number = flows.published_number
) flow;
