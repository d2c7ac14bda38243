const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A shortcut as this computer's keyboard names it: `⌘⇧Z` or `Ctrl+Shift+Z`. */
export function keyName(...keys: readonly ('mod' | 'shift' | 'alt' | (string & {}))[]): string {
  const names: Record<string, string> = onMac ? { mod: '⌘', shift: '⇧', alt: '⌥', Enter: '↵' } : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt' };
  return keys.map((key) => names[key] ?? key).join(onMac ? '' : '+');
}
