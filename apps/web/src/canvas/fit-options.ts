/** How a flow is brought into view: whole, but never larger than life. */
export const fitOptions = { padding: { top: '40px', right: '72px', bottom: '72px', left: '40px' }, maxZoom: 1 } as const;
