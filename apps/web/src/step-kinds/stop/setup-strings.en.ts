export default {
  outcome: 'The run ends as',
  succeeded: 'Succeeded',
  failed: 'Failed',
  message: 'Message',
  messageHint: 'Shown in the run history.',
};
