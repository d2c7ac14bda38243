export default {
  steps: 'Steps',
  search: 'Search steps',
  clear: 'Clear the search',
  nothing: 'There is no step for “{{text}}”. Try another word; a service that has an API can be reached all the same:',
  general: 'For any service',
  recent: 'Recent',
  triggers: 'Start with',
  replaceTrigger: 'Replace the trigger',
  logic: 'Logic',
  hint: 'Drag onto the canvas, or press Enter to add after the selected step.',
  streams: 'Large data',
  file: { unknown: 'No step goes through a file like “{{name}}”. CSV and NDJSON files can be dropped here; upload others under Files.' },
  categories: {
    general: 'More',
  },
  quickAdd: 'Add a step',
  quickAddTrigger: 'Choose a trigger',
};
