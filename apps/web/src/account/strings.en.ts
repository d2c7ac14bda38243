export default {
  name: 'Your name',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least {{count}} characters.',
  passwordTooShort: 'Use at least {{count}} characters.',
  fillIn: 'Fill this in.',
  setup: {
    title: 'Set up Weft',
    text: 'Make the first account. It owns this installation: its settings, and its first workspace.',
    token: 'Set-up code',
    tokenHint: 'The server printed it when it started, as part of a link.',
    workspace: 'Workspace',
    workspaceHint: 'Usually your team or company. You can rename it and add others later.',
    action: 'Create account',
  },
  signIn: {
    title: 'Sign in to Weft',
    text: 'Build flows that move data between your systems.',
    back: 'Sign in again to go on where you were.',
    action: 'Sign in',
  },
};
