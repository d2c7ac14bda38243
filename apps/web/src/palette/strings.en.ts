export default {
  steps: 'Steps',
  search: 'Search steps',
  clear: 'Clear the search',
  nothing: 'No step matches “{{text}}”. Try another word.',
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
