/** What summaries of several kinds say; the words of one kind stand in its folder. */
export default {
  summary: {
    unknown: '“{{connector}}” is not installed',
    fields_zero: 'Nothing mapped yet',
    fields_one: '{{count}} field',
    fields_other: '{{count}} fields',
    between: { and: 'and', or: 'or', contains: 'contains', includes: 'has', startsWith: 'starts with', endsWith: 'ends with', matches: 'matches' },
    after: { isEmpty: 'is empty', exists: 'exists', isTrue: 'is true' },
    if: 'if {{condition}}',
  },
};
