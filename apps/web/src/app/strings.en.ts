export default {
  navigation: 'Main',
  search: 'Search',
  cancel: 'Cancel',
  untitledFlow: 'Untitled flow',
  pages: { flows: 'Flows', runs: 'Runs', files: 'Files', connections: 'Connections', settings: 'Settings' },
  theme: { light: 'Light', dark: 'Dark', system: 'Like the system' },
  account: { menu: 'Account of {{name}}', signOut: 'Sign out' },
  workspace: {
    switch: 'Workspace {{name}}. Switch workspace',
    create: 'Create a workspace',
    createText: 'Flows, files and connections of one workspace are not seen from another.',
    createAction: 'Create workspace',
    name: 'Name',
  },
  connection: {
    lost: 'The server cannot be reached. Your work is kept, and Weft keeps trying.',
    tryNow: 'Try now',
  },
  notFound: {
    title: 'There is nothing here',
    text: 'It may have been deleted, or it belongs to a workspace you are not in.',
    home: 'Go to your flows',
  },
  commands: {
    goTo: 'Go to',
    actions: 'Actions',
    workspaces: 'Workspaces',
    newFlow: 'New flow',
    light: 'Use the light theme',
    dark: 'Use the dark theme',
    switchTo: 'Switch to {{name}}',
  },
};
