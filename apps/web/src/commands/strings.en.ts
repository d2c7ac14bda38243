export default {
  label: 'Commands',
  placeholder: 'Search for a page, a flow or an action…',
  nothing: 'Nothing found. Try another word: the name of a page, a flow, or what you want to do.',
};
