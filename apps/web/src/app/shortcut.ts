const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A shortcut as this computer's keyboard names it: `⌘K` or `Ctrl+K`. */
export const modKey = (key: string): string => (onMac ? `⌘${key}` : `Ctrl+${key}`);
