import { filesEndingIn } from '@weft/connector-sdk/author';

export const workspaceFiles = filesEndingIn('ndjson', 'jsonl', 'json', 'txt', 'log');
