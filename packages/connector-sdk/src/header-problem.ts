/**
 * Why HTTP cannot carry a header, behind its name in a sentence: “cannot be sent: it has a line end”. Undefined where it can. Values travel in
 * Latin-1, in calls, requests and answers alike: that is how both sides read them.
 */
export function headerProblem(name: string, value: string): string | undefined {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return 'its name may have letters, digits and hyphens only';
  if (/^[\t -~\u00a0-\u00ff]*$/.test(value)) return undefined;
  for (const sign of value) {
    const unit = sign.codePointAt(0) ?? 0;
    if (unit === 0x0a || unit === 0x0d) return 'it has a line end';
    if (unit > 0xff) return `“${sign}” is no letter that headers carry`;
    if ((unit < 0x20 && unit !== 0x09) || unit === 0x7f) return 'it has an invisible character';
  }
  return undefined;
}
