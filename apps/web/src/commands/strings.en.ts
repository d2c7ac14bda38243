export default {
  label: 'Commands',
  placeholder: 'Search for a page, a flow or an action…',
  nothing: 'Nothing found. Try another word.',
};
