/** Replaces a secret in everything that leaves the process. */
export const REDACTED = '••••••';

/** A text with every occurrence of these texts replaced. @param secrets - the longest first: one may be part of another. */
export function maskText(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    if (result.includes(secret)) result = result.replaceAll(secret, REDACTED);
  }
  return result;
}
