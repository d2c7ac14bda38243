export default {
  text: 'The first case that is true decides where the run goes on.',
  name: 'Name of case {{number}}',
  up: 'Move {{name}} up',
  down: 'Move {{name}} down',
  remove: 'Remove {{name}}',
  add: 'Add a case',
  else: 'When no case is true, the run goes on at “Otherwise”.',
};
