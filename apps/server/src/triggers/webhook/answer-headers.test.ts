import { expect, test } from 'vitest';
import { verdictOn } from './answer-headers.ts';

test.each([
  'set-cookie', 'set-cookie2', 'set-login', 'clear-site-data', 'service-worker-allowed', 'strict-transport-security', 'public-key-pins', 'expect-ct', 'nel',
  'report-to', 'reporting-endpoints', 'alt-svc', 'origin-agent-cluster', 'accept-ch', 'critical-ch', 'use-as-dictionary', 'speculation-rules',
  'content-security-policy', 'content-security-policy-report-only', 'x-content-type-options', 'x-frame-options', 'refresh', 'access-control-allow-credentials',
  'www-authenticate', 'proxy-authenticate', 'proxy-connection', 'x-accel-redirect', 'x-accel-buffering', 'x-sendfile', 'x-lighttpd-send-file',
  'x-lighttpd-send-tempfile', 'x-reproxy-url', 'x-litespeed-location', 'surrogate-control', 'edge-control', 'cdn-cache-control',
])('a flow may not set %s', (name) => {
  expect(verdictOn(name)).toBe('refused');
});

test.each([
  'content-type', 'content-disposition', 'cache-control', 'etag', 'last-modified', 'expires', 'location', 'retry-after', 'vary', 'link', 'allow', 'age',
  'access-control-allow-origin', 'x-order-id', 'x-request-id', 'x-ratelimit-remaining', 'ratelimit-limit', 'shop-order', 'deprecation',
  'sunset', 'x-amz-meta-a', 'settled-at', 'editor', 'second',
])('a flow may set %s', (name) => {
  expect(verdictOn(name)).toBe('sent');
});
