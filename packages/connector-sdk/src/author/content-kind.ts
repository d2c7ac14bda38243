/**
 * What a content type says of a body. The one table for what comes in calls and what comes as an answer:
 * `json` values, `form` and `multipart` fields, `text` in its character set, `file` bytes that no text is made of, and `unknown` where the
 * type says nothing of that: none at all, `application/octet-stream`, or one that is not in this table.
 */
export type ContentKind = 'json' | 'form' | 'multipart' | 'text' | 'file' | 'unknown';

/** @param contentType - the whole header; its parameters say nothing of the kind. */
export function contentKind(contentType: string | undefined): ContentKind {
  // What nearly every call says, in its two ways.
  if (contentType === 'application/json' || contentType === 'application/json; charset=utf-8') return 'json';
  const type = mediaType(contentType);
  return rows.find(([pattern]) => pattern.test(type))?.[1] ?? 'unknown';
}

/** The first row that fits counts. */
const rows: readonly [RegExp, ContentKind][] = [
  [/^(?:application|text)\/(?:[\w.+-]+\+)?json$/, 'json'],
  [/^application\/x-www-form-urlencoded$/, 'form'],
  [/^multipart\/form-data$/, 'multipart'],
  [/^text\/|[/+]xml$|^application\/(?:javascript|yaml|x-ndjson|graphql)$/, 'text'],
  [/^(?:image|audio|video|font|model)\//, 'file'],
  [/^application\/(?:pdf|zip|gzip|x-gzip|x-tar|x-7z-compressed|vnd\.rar|msword|vnd\.ms-[\w.-]+|vnd\.openxmlformats-officedocument\.[\w.-]+|vnd\.oasis\.opendocument\.[\w.-]+)$/, 'file'],
];

/** `text/html` of `Text/HTML; charset=utf-8`; '' where nothing is said. */
export function mediaType(contentType = ''): string {
  const end = contentType.indexOf(';');
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/** The character set that a content type names. */
export function charsetOf(contentType = ''): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
}
