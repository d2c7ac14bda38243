/** How a flow is brought into view: whole, but never larger than life, and never so small that titles cannot be read. */
export const fitOptions = { minZoom: 0.2, padding: { top: '40px', right: '72px', bottom: '72px', left: '40px' }, maxZoom: 1 } as const;
