/** What summaries of several kinds say; the words of one kind stand in its folder. */
export default {
  summary: {
    unknown: '“{{connector}}” is not installed',
    fields_zero: 'Nothing mapped yet',
    fields_one: '{{count}} field',
    fields_other: '{{count}} fields',
  },
};
