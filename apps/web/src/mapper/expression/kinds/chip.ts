/** What stands alone in its chip. */
export const chip = 'inline-flex max-w-full min-w-0 items-center gap-1 rounded-sm border px-1.5 py-px align-middle text-xs whitespace-nowrap';

/**
 * What has others in it: a line of whole chips that ends with an ellipsis where there is no room for more. Inside another one it is
 * part of that line.
 */
export const chipAround = (inside: boolean): string =>
  `rounded-sm border border-line text-xs text-fg [&>*+*]:ml-1 ${inside ? 'px-1 py-0.5' : 'inline-block max-w-full min-w-0 truncate bg-sunken px-1.5 py-px align-middle'}`;
