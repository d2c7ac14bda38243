export default {
  question: 'Question',
  questionHint: 'What the people who decide read.',
  questionExample: 'May this order be shipped?',
  who: 'Who may decide',
  roles: { owner: 'Owners of the workspace', member: 'Members of the workspace' },
  people: 'Or one of these people',
  shown: 'What they are shown',
  shownText: 'Give the fields that people need to decide, and map them from earlier steps.',
  timeout: 'Decide within',
  timeoutHint: 'Empty: the run waits until somebody decides.',
  onTimeout: 'If nobody decides in time',
  onTimeoutOf: { reject: 'Reject', approve: 'Approve', fail: 'Fail the run' },
};
