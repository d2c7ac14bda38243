const elements = new Set([
  'svg', 'g', 'path', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'rect', 'title', 'defs', 'mask', 'clippath', 'lineargradient', 'stop',
]);

/**
 * What is wrong with an icon. Only drawing elements are let through, so nothing in it can run, load or link.
 * @returns undefined when it is safe to put into a page and fits the others.
 */
export function iconProblem(svg: string): string | undefined {
  if (!/^\s*<svg\b[^]*<\/svg>\s*$/.test(svg)) return 'The icon must be one <svg> element, as text.';
  if (!/viewBox="0 0 24 24"/.test(svg)) return 'The icon must be drawn on a 24 × 24 grid: viewBox="0 0 24 24".';
  if (!svg.includes('currentColor')) return 'The icon must use currentColor, so that it fits light and dark.';
  if (svg.length > 8000) return 'The icon must be smaller than 8 kB.';
  if (/<[!?]|&/.test(svg)) return 'The icon must have no comments, declarations or entities.';
  for (const [, name = ''] of svg.matchAll(/<\/?\s*([^\s/>]*)/g)) {
    if (!elements.has(name.toLowerCase())) return `The icon must only draw: <${name}> is not allowed.`;
  }
  if (/[\s"'/]on[a-z]+\s*=/i.test(svg)) return 'The icon must have no event handlers.';
  if (/[\s"'/](?:xlink:)?(?:href|src|style)\s*=/i.test(svg)) return 'The icon must have no links, sources or styles.';
  if (/url\s*\((?!#)|javascript:|data:/i.test(svg)) return 'The icon must refer to nothing outside itself.';
  return undefined;
}
