/** How a flow is brought into view: whole, but never larger than life. */
export const fitOptions = { padding: 0.12, maxZoom: 1 } as const;
